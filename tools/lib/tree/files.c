#include "tree/files.h"

#include "base/die.h"
#include "base/io.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *
text_digest(struct arena *arena, const char *text, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
	hash ^= (uint64_t)length * 0x9e3779b97f4a7c15u;
	return arena_printf(arena, "%016llx", (unsigned long long)(hash ^ (hash >> 31)));
}

static bool
is_sql(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && !strcmp(name + length - 4, ".sql");
}

static void
read_file(struct tree_files *files, const char *full, const char *path)
{
	struct sbuf text = SBUF_INIT;
	struct tree_file file = { .path = path };

	file_must_read(full, &text);
	file.text = arena_copy(&files->arena, text.text, text.length);
	file.length = text.length;
	file.digest = text_digest(&files->arena, file.text, file.length);
	GROW(files->files, files->count, files->room);
	files->files[files->count++] = file;
	sbuf_release(&text);
}

static void
read_directory(struct tree_files *files, const char *root, const char *inner)
{
	const char *full = *inner ? arena_printf(&files->arena, "%s/%s", root, inner) : root;
	DIR *directory = opendir(full);
	struct dirent *entry;

	if (!directory && errno == ENOENT && !*inner)
		return;
	if (!directory)
		die(STATUS_USAGE, "cannot read the directory %s: %s", full, strerror(errno));
	while ((entry = readdir(directory))) {
		const char *path, *whole;
		struct stat status;

		if (*entry->d_name == '.' || (!*inner && !strcmp(entry->d_name, "seeds")))
			continue;
		path = *inner ? arena_printf(&files->arena, "%s/%s", inner, entry->d_name) :
		                arena_string(&files->arena, entry->d_name);
		whole = arena_printf(&files->arena, "%s/%s", root, path);
		if (stat(whole, &status))
			die(STATUS_USAGE, "cannot read %s: %s", whole, strerror(errno));
		if (S_ISDIR(status.st_mode))
			read_directory(files, root, path);
		else if (S_ISREG(status.st_mode) && is_sql(entry->d_name))
			read_file(files, whole, path);
	}
	closedir(directory);
}

static int
compare_path(const void *a, const void *b)
{
	return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

void
tree_files_read(struct tree_files *files, const char *directory)
{
	*files = (struct tree_files){ .arena = ARENA_INIT };
	read_directory(files, directory, "");
	if (files->count)
		qsort(files->files, files->count, sizeof *files->files, compare_path);
}

struct tree_file *
tree_files_find(const struct tree_files *files, const char *path)
{
	struct tree_file wanted = { .path = path };

	return files->count ? bsearch(&wanted, files->files, files->count, sizeof *files->files, compare_path) :
	                      NULL;
}

/* ------------------------------------------------------------------ lines */

struct tree_line {
	const char *text; /* NULL: an empty slot */
	size_t length, file;
};

static struct tree_line *
line_slot(const struct tree_files *files, const char *line, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;
	size_t at;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)line[i]) * 0x100000001b3u;
	at = (size_t)(hash ^ (hash >> 32)) & (files->line_slots - 1);
	while (files->lines[at].text &&
	       (files->lines[at].length != length || memcmp(files->lines[at].text, line, length) != 0))
		at = (at + 1) & (files->line_slots - 1);
	return &files->lines[at];
}

/* How many lines there are; with `fill` each one that is new gets its slot. */
static size_t
each_line(struct tree_files *files, bool fill)
{
	size_t count = 0;

	for (size_t i = 0; i < files->count; i++)
		for (const char *line = files->files[i].text;; count++) {
			size_t length = strcspn(line, "\n");
			struct tree_line *slot = fill ? line_slot(files, line, length) : NULL;

			if (slot && !slot->text)
				*slot = (struct tree_line){ line, length, i };
			if (!line[length])
				break;
			line += length + 1;
		}
	return count + files->count;
}

const struct tree_file *
tree_files_with_line(struct tree_files *files, const char *line, size_t length)
{
	const struct tree_line *slot;

	if (!files->lines) {
		size_t count = each_line(files, false);

		for (files->line_slots = 64; files->line_slots < 2 * count; files->line_slots *= 2)
			;
		files->lines = memory_resize(NULL, files->line_slots * sizeof *files->lines);
		memset(files->lines, 0, files->line_slots * sizeof *files->lines);
		each_line(files, true);
	}
	slot = line_slot(files, line, length);
	return slot->text ? &files->files[slot->file] : NULL;
}

void
tree_files_release(struct tree_files *files)
{
	free(files->files);
	free(files->lines);
	arena_release(&files->arena);
	*files = (struct tree_files){ .arena = ARENA_INIT };
}
