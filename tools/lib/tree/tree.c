#include "tree/tree.h"

#include "tree/files.h"
#include "tree/statements.h"

#include "base/die.h"
#include "base/io.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct comparing {
	struct tree *tree;
	const struct layout *layout;
	struct tree_files files;
	struct snapshot manifest;
	struct snapshot held;  /* by a group's key: the file that held it, as `in` */
	struct snapshot taken; /* by path: the number of its change */
	struct statement_set said; /* every statement of every file; made when first needed */
};

/* --------------------------------------------------------------- manifest */

static struct fact *
remember(struct snapshot *in, const char *id)
{
	struct fact *fact = arena_alloc(&in->arena, sizeof *fact);

	fact->id = arena_string(&in->arena, id);
	snapshot_add(in, fact);
	return fact;
}

/* A file that is not PostKit's place for anything, with the content of this entry: it was moved. */
static struct tree_file *
moved_to(const struct comparing *c, const struct fact *entry)
{
	for (size_t i = 0; i < c->files.count; i++)
		if (!c->files.files[i].manifest && fact_is(entry, "digest", c->files.files[i].digest))
			return &c->files.files[i];
	return NULL;
}

static void
manifest_read(struct comparing *c, const char *path)
{
	struct tree_file *moved;

	if (file_exists(path))
		snapshot_read(&c->manifest, path, false);
	for (size_t i = 0; i < c->manifest.count; i++) {
		const struct fact *fact = c->manifest.facts[i];
		struct tree_file *file = tree_files_find(&c->files, id_name(fact->id));
		const char **keys;
		size_t count;

		if (file) {
			file->manifest = true;
			file->untouched = fact_is(fact, "digest", file->digest);
		}
		keys = fact_list(fact, "holds", &count);
		for (size_t k = 0; k < count; k++)
			remember(&c->held, keys[k])->number = i;
	}
	/* Another name is no other content. */
	for (size_t i = 0; i < c->manifest.count; i++)
		if (!tree_files_find(&c->files, id_name(c->manifest.facts[i]->id)) &&
		    (moved = moved_to(c, c->manifest.facts[i])))
			moved->untouched = true;
}

/* The manifest's entry that holds the group of that key. */
static const struct fact *
manifest_entry(struct comparing *c, const char *key)
{
	const struct fact *held = snapshot_find(&c->held, key);

	return held ? c->manifest.facts[held->number] : NULL;
}

/* ----------------------------------------------------------------- places */

/* The highest number at the beginning of a file's name in that directory. */
static unsigned
highest_number(const struct comparing *c, const char *directory)
{
	size_t length = strlen(directory);
	unsigned highest = 0;

	for (size_t i = 0; i < c->files.count + c->tree->count; i++) {
		const char *path = i < c->files.count ? c->files.files[i].path :
		                                        c->tree->changes[i - c->files.count]->path;
		unsigned number;

		if (!strncmp(path, directory, length) && path[length] == '/' &&
		    sscanf(path + length + 1, "%u_", &number) == 1 && number > highest)
			highest = number;
	}
	return highest;
}

/* Numbers are given out one after the other for each directory. */
struct numbering {
	const char *directory;
	unsigned last;
};

static const char *
new_path(struct comparing *c, const struct group *group, struct numbering **numberings, size_t *count)
{
	struct arena *arena = &c->tree->arena;
	struct numbering *n = NULL;

	if (!group->numbered)
		return *group->directory ? arena_printf(arena, "%s/%s.sql", group->directory, group->name) :
		                           arena_printf(arena, "%s.sql", group->name);
	for (size_t i = 0; i < *count && !n; i++)
		if (!strcmp((*numberings)[i].directory, group->directory))
			n = &(*numberings)[i];
	if (!n) {
		*numberings = memory_resize(*numberings, (*count + 1) * sizeof **numberings);
		n = &(*numberings)[(*count)++];
		*n = (struct numbering){ group->directory, highest_number(c, group->directory) };
	}
	return arena_printf(arena, "%s/%03u_%s.sql", group->directory, ++n->last, group->name);
}

static const char *
known_path(struct comparing *c, const struct group *group)
{
	const struct fact *entry = manifest_entry(c, group->key);
	const char *written = entry ? id_name(entry->id) : NULL;
	size_t first_line = strcspn(group->text.text, "\n");
	const struct tree_file *with_line, *moved;

	if (written && tree_files_find(&c->files, written))
		return written;
	if (entry && (moved = moved_to(c, entry)))
		return moved->path;
	/* Moved and edited, or merged. */
	with_line = first_line ? tree_files_with_line(&c->files, group->text.text, first_line) : NULL;
	/* Removed: it comes back where it was. */
	return with_line ? with_line->path : written;
}

/* ---------------------------------------------------------------- changes */

static int
compare_change(const void *a, const void *b)
{
	return strcmp((*(struct file_change *const *)a)->path, (*(struct file_change *const *)b)->path);
}

static struct file_change *
change_add(struct tree *tree, const char *path)
{
	struct file_change *change = arena_alloc(&tree->arena, sizeof *change);

	change->path = arena_string(&tree->arena, path);
	change->text = (struct sbuf)SBUF_INIT;
	GROW(tree->changes, tree->count, tree->room);
	tree->changes[tree->count++] = change;
	return change;
}

static void
put_group(struct file_change *change, const struct group *group)
{
	if (change->text.length)
		sbuf_addc(&change->text, '\n');
	sbuf_add(&change->text, group->text.text, group->text.length);
	GROW(change->keys, change->key_count, change->key_room);
	change->keys[change->key_count++] = group->key;
}

/* Whether every statement of the text stands somewhere in the user's files. */
static bool
all_said(struct comparing *c, const struct file_change *change)
{
	if (!c->said.slots)
		for (size_t i = 0; i < c->files.count; i++)
			statement_set_add(&c->said, c->files.files[i].path, c->files.files[i].text,
			                  c->files.files[i].length);
	return statement_set_has_all(&c->said, change->text.text, change->text.length);
}

static void
keep(struct comparing *c, struct file_change *change, const struct tree_file *file)
{
	change->type = FILE_KEPT;
	if (file->untouched)
		change->digest = arena_string(&c->tree->arena, file->digest);
}

static void
judge(struct comparing *c, struct file_change *change)
{
	const struct tree_file *file = tree_files_find(&c->files, change->path);

	if (!file)
		change->type = FILE_NEW;
	else if (file->length == change->text.length && !memcmp(file->text, change->text.text, file->length))
		change->type = FILE_SAME;
	else if (change->key_count &&
	         statements_equal(file->text, file->length, change->text.text, change->text.length))
		keep(c, change, file);
	else if (file->untouched)
		change->type = change->key_count ? FILE_CHANGED : FILE_GONE;
	else if (all_said(c, change) && change->key_count)
		change->type = FILE_KEPT;
	else
		change->type = FILE_CONFLICT;
	/* What the user split over several files is there, although its file is not. */
	if (change->type == FILE_NEW && c->files.count && all_said(c, change))
		change->type = FILE_KEPT;
}

/* Files that hold nothing any more: what PostKit wrote, and, the first time, what is in the way. */
static void
add_rest(struct comparing *c)
{
	size_t placed = c->tree->count;

	for (size_t i = 0; i < c->files.count; i++) {
		const struct tree_file *file = &c->files.files[i];
		struct file_change wanted = { .path = file->path };
		const struct file_change *key = &wanted;

		if (placed && bsearch(&key, c->tree->changes, placed, sizeof *c->tree->changes, compare_change))
			continue;
		/* Later on a file that PostKit never wrote is the user's own business. */
		if (c->manifest.count && !file->manifest && !file->untouched)
			continue;
		judge(c, change_add(c->tree, file->path));
	}
}

void
tree_compare(struct tree *tree, const char *directory, const char *manifest, const struct layout *layout)
{
	struct comparing c = { .tree = tree, .layout = layout, .manifest = SNAPSHOT_INIT,
		               .held = SNAPSHOT_INIT, .taken = SNAPSHOT_INIT };
	struct numbering *numberings = NULL;
	size_t numbering_count = 0, placed;

	*tree = (struct tree){ .arena = ARENA_INIT, .directory = directory };
	tree_files_read(&c.files, directory);
	tree->files = c.files.count;
	manifest_read(&c, manifest);
	for (size_t i = 0; i < layout->count; i++) {
		const struct group *group = layout->groups[i];
		const char *path = c.files.count ? known_path(&c, group) : NULL;
		struct fact *taken;

		if (!group->text.length)
			continue;
		if (!path)
			path = new_path(&c, group, &numberings, &numbering_count);
		taken = snapshot_find(&c.taken, path);
		if (!taken) {
			taken = remember(&c.taken, path);
			taken->number = tree->count;
			change_add(tree, path);
		}
		put_group(tree->changes[taken->number], group);
	}
	if (tree->count)
		qsort(tree->changes, tree->count, sizeof *tree->changes, compare_change);
	placed = tree->count;
	for (size_t i = 0; i < placed; i++)
		judge(&c, tree->changes[i]);
	add_rest(&c);
	if (tree->count)
		qsort(tree->changes, tree->count, sizeof *tree->changes, compare_change);
	free(numberings);
	statement_set_release(&c.said);
	snapshot_release(&c.manifest);
	snapshot_release(&c.held);
	snapshot_release(&c.taken);
	tree_files_release(&c.files);
}

size_t
tree_count(const struct tree *tree, enum change_type type)
{
	size_t count = 0;

	for (size_t i = 0; i < tree->count; i++)
		count += tree->changes[i]->type == type;
	return count;
}

size_t
tree_work(const struct tree *tree)
{
	return tree->count - tree_count(tree, FILE_SAME) - tree_count(tree, FILE_KEPT);
}

void
tree_release(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		sbuf_release(&tree->changes[i]->text);
		free(tree->changes[i]->keys);
	}
	free(tree->changes);
	arena_release(&tree->arena);
	*tree = (struct tree){ .arena = ARENA_INIT };
}

/* ---------------------------------------------------------------- writing */

static const char *
parent_directory(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_copy(arena, path, (size_t)(slash - path)) : ".";
}

static void
back_up(struct tree *tree, const char *path, const char *backup)
{
	const char *from = arena_printf(&tree->arena, "%s/%s", tree->directory, path);
	struct sbuf text = SBUF_INIT;

	file_must_read(from, &text);
	for (unsigned n = 1;; n++) {
		const char *to = arena_printf(&tree->arena, "%s/%s.%u", backup, path, n);

		if (file_exists(to))
			continue;
		directory_make(parent_directory(&tree->arena, to));
		file_replace(to, text.text, text.length);
		note("%s was changed by hand since the last import; that version is now %s", from, to);
		break;
	}
	sbuf_release(&text);
}

static void
manifest_write(struct tree *tree, const char *manifest)
{
	struct snapshot written = SNAPSHOT_INIT;
	struct sbuf out = SBUF_INIT;

	for (size_t i = 0; i < tree->count; i++) {
		const struct file_change *change = tree->changes[i];
		struct fact *fact;

		if (!change->key_count)
			continue;
		fact = arena_alloc(&written.arena, sizeof *fact);
		fact->id = arena_printf(&written.arena, "file %s", change->path);
		fact->members = arena_array(&written.arena, 2, sizeof *fact->members);
		fact->member_count = 2;
		fact->members[0] = (struct member){ "digest", { VALUE_STRING, 0, { .text = change->digest
			? change->digest : text_digest(&written.arena, change->text.text, change->text.length) } } };
		fact->members[1] = (struct member){ "holds", { VALUE_LIST, change->key_count,
		                                               { .items = change->keys } } };
		snapshot_add(&written, fact);
	}
	snapshot_sort(&written);
	snapshot_text(&out, written.facts, written.count, false);
	directory_make(parent_directory(&tree->arena, manifest));
	file_replace(manifest, out.text, out.length);
	sbuf_release(&out);
	snapshot_release(&written);
}

void
tree_write(struct tree *tree, const char *manifest, const char *backup)
{
	const char *last_directory = "";

	for (size_t i = 0; i < tree->count; i++) {
		struct file_change *change = tree->changes[i];
		const char *path = arena_printf(&tree->arena, "%s/%s", tree->directory, change->path);
		const char *directory = parent_directory(&tree->arena, path);

		if (change->type == FILE_SAME || change->type == FILE_KEPT)
			continue;
		if (change->type == FILE_CONFLICT)
			back_up(tree, change->path, backup);
		if (!change->key_count) {
			if (unlink(path) && errno != ENOENT)
				die(STATUS_USAGE, "cannot remove %s: %s", path, strerror(errno));
			continue;
		}
		if (strcmp(directory, last_directory) != 0)
			directory_make(directory);
		last_directory = directory;
		file_replace_fast(path, change->text.text, change->text.length);
	}
	manifest_write(tree, manifest);
}
