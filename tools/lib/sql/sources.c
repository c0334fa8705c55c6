#include "sql/sources.h"

#include "base/io.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { INCLUDE_DEPTH_MAX = 64 };

/* A file that is being read, and the one that includes it. */
struct open_file {
	const char *path;
	dev_t device;
	ino_t inode;
	const struct open_file *includer;
	int depth;
};

struct file_id {
	dev_t device;
	ino_t inode;
};

/* What one call of sources_add has to remember. */
struct reading {
	struct sources *sources;
	struct setting_track track; /* of the file that is read, with what it includes */
	bool restricted;            /* between \restrict and \unrestrict */
	enum source_part part;
	struct file_id *included;   /* the files that others include */
	size_t included_count, included_room;
	bool circular;
};

/* What was read from one file that stands for itself. */
struct range {
	const char *path;
	size_t items, item_end, problems, problem_end, paths, path_end;
};

static void
add_problem(struct sources *sources, struct problem problem)
{
	GROW(sources->problems, sources->problem_count, sources->problem_room);
	sources->problems[sources->problem_count++] = problem;
}

static void
problem_at(struct sources *sources, const struct statement *where, const char *text)
{
	add_problem(sources, (struct problem){ .file = where->file, .line = where->line, .text = text });
}

/* --------------------------------------------------------- meta-commands */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

static int
digits(const char **at, int base, int most)
{
	int code = 0;

	for (int n = 0; n < most; n++, (*at)++) {
		char c = **at;
		int digit = c >= '0' && c <= '9'                 ? c - '0'
		            : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
		                                                     : 99;

		if (digit >= base)
			break;
		code = code * base + digit;
	}
	return code;
}

/* A part in single quotes, as psqlscanslash.l reads it; `at` is behind the quote. */
static const char *
quoted_part(const char *at, struct sbuf *out)
{
	static const char plain[] = "ntbrf", meaning[] = "\n\t\b\r\f";

	while (*at) {
		char c = *at++;

		if (c == '\'' && *at != '\'')
			return at;
		if (c == '\'') {
			at++;
		} else if (c == '\\' && *at) {
			const char *found = strchr(plain, *at);

			if (*at >= '0' && *at <= '7') {
				c = (char)digits(&at, 8, 3);
			} else if (*at == 'x') {
				at++;
				c = (char)digits(&at, 16, 2);
			} else {
				c = found ? meaning[found - plain] : *at;
				at++;
			}
		}
		sbuf_addc(out, c);
	}
	return NULL;
}

/*
 * The argument of \i. Returns what is wrong with it, NULL when it is right. As in
 * psql, double quotes protect blanks and stay part of the name, a backslash ends
 * the argument, and a closing semicolon is not part of it.
 */
static const char *
include_argument(const char *at, struct sbuf *name)
{
	bool quoted = false;

	while (is_blank(*at))
		at++;
	while (*at && !is_blank(*at) && *at != '\\') {
		if (*at == '`')
			return "a psql command with backticks: nothing is run from here";
		if (*at == ':' && at[1] && !is_blank(at[1]))
			return "a psql command with a variable: there are none here";
		quoted = *at == '\'';
		if (quoted) {
			at = quoted_part(at + 1, name);
			if (!at)
				return "a psql command with a quote that is never closed";
		} else if (*at == '"') {
			do
				sbuf_addc(name, *at++);
			while (*at && *at != '"');
			if (!*at)
				return "a psql command with a quote that is never closed";
			sbuf_addc(name, *at++);
		} else {
			sbuf_addc(name, *at++);
		}
	}
	while (!quoted && name->length && name->text[name->length - 1] == ';')
		sbuf_cut(name, name->length - 1);
	while (is_blank(*at))
		at++;
	if (*at && strcmp(at, "\\\\"))
		return "text behind the file name of a psql command";
	if (!name->length)
		return "\\i without a file name";
	return NULL;
}

static void
read_file(struct reading *reading, const char *path, const struct open_file *includer,
          const struct statement *where);

static void
include(struct reading *reading, const struct open_file *source, const struct statement *meta,
        const char *argument, bool relative)
{
	struct sources *sources = reading->sources;
	struct sbuf name = SBUF_INIT, path = SBUF_INIT;
	const char *wrong = include_argument(argument, &name);
	const char *slash = strrchr(source->path, '/'), *home = getenv("HOME");

	if (wrong) {
		problem_at(sources, meta, wrong);
	} else {
		if (relative && name.text[0] != '/' && slash)
			sbuf_add(&path, source->path, (size_t)(slash + 1 - source->path));
		if (!strncmp(name.text, "~/", 2) && home)
			sbuf_addf(&path, "%s%s", home, name.text + 1);
		else
			sbuf_adds(&path, name.text);
		read_file(reading, arena_copy(sources->arena, path.text, path.length), source, meta);
	}
	sbuf_release(&name);
	sbuf_release(&path);
}

static void
meta_command(struct reading *reading, const struct open_file *source, const struct statement *meta)
{
	struct sources *sources = reading->sources;
	const char *name = meta->text + 1;
	size_t length = strcspn(name, " \t\r\f'\"\\:");
	const char *word = arena_copy(sources->arena, name, length);

	if (!strcmp(word, "restrict") || !strcmp(word, "unrestrict")) {
		reading->restricted = *word == 'r';
	} else if (reading->restricted) {
		problem_at(sources, meta,
		           arena_printf(sources->arena, "the psql command \\%s after \\restrict", word));
	} else if (!strcmp(word, "i") || !strcmp(word, "include")) {
		include(reading, source, meta, name + length, false);
	} else if (!strcmp(word, "ir") || !strcmp(word, "include_relative")) {
		include(reading, source, meta, name + length, true);
	} else {
		struct problem problem = {
			.file = meta->file,
			.line = meta->line,
			.text = arena_printf(sources->arena, "the psql command \\%s cannot be followed here", word),
			.hint = "only \\i and \\ir can; leave it out",
		};

		add_problem(sources, problem);
	}
}

/* ----------------------------------------------------------------- files */

static void
read_text(struct reading *reading, const struct open_file *source, const char *text, size_t length)
{
	struct sources *sources = reading->sources;
	struct splitter splitter;
	size_t file = source->includer ? sources->file_count - 1 : sources->file_count++;
	enum split found;

	splitter_start(&splitter, sources->arena, source->path, text, length);
	while ((found = splitter_next(&splitter)) != SPLIT_END) {
		struct problem problem;

		if (found == SPLIT_WRONG) {
			add_problem(sources, splitter.problem);
			continue;
		}
		if (found == SPLIT_META) {
			meta_command(reading, source, &splitter.statement);
			continue;
		}
		switch (setting_follow(&reading->track, sources->arena, &splitter.statement, &problem)) {
		case SETTING_FOLLOWED:
			break;
		case SETTING_WRONG:
			add_problem(sources, problem);
			break;
		case SETTING_OTHER:
			GROW(sources->items, sources->count, sources->room);
			sources->items[sources->count++] = (struct source_item){
				.statement = splitter.statement,
				.settings = reading->track.now,
				.part = reading->part,
				.file = file,
			};
		}
	}
}

static void
note_included(struct reading *reading, const struct open_file *source)
{
	GROW(reading->included, reading->included_count, reading->included_room);
	reading->included[reading->included_count++] =
		(struct file_id){ source->device, source->inode };
}

/* `where` is the \i that asks for it, NULL for a file that stands for itself. */
static void
read_file(struct reading *reading, const char *path, const struct open_file *includer,
          const struct statement *where)
{
	struct sources *sources = reading->sources;
	struct open_file source = {
		.path = strcmp(path, "-") ? path : "standard input",
		.includer = includer,
	};
	struct sbuf text = SBUF_INIT;
	struct stat status;
	bool known = !stat(path, &status);

	if (known) {
		source.device = status.st_dev;
		source.inode = status.st_ino;
	}
	source.depth = includer ? includer->depth + 1 : 0;
	for (const struct open_file *s = includer; s; s = s->includer)
		if ((known && s->device == source.device && s->inode == source.inode) ||
		    source.depth > INCLUDE_DEPTH_MAX) {
			reading->circular = true;
			problem_at(sources, where, arena_printf(sources->arena, "%s includes itself", path));
			return;
		}
	if (!file_read(path, &text)) {
		const char *said = arena_printf(sources->arena, "cannot read %s: %s", path, strerror(errno));

		if (where)
			problem_at(sources, where, said);
		else
			add_problem(sources, (struct problem){ .text = said });
	} else {
		if (includer)
			note_included(reading, &source);
		GROW(sources->paths, sources->path_count, sources->path_room);
		sources->paths[sources->path_count++] = source.path;
		read_text(reading, &source, text.text, text.length);
	}
	sbuf_release(&text);
}

/* ----------------------------------------------------------- directories */

struct path_list {
	char **items;
	size_t count, room;
};

static int
compare_paths(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length > tail && !strcmp(text + length - tail, end);
}

static bool
is_part(const char *name)
{
	return !strcmp(name, "infra") || !strcmp(name, "seeds");
}

/*
 * All *.sql below a directory; of the topmost one, not those of its other parts.
 * Links to directories are followed, but not in circles.
 */
static void
list_directory(struct sources *sources, const char *path, bool topmost, const struct open_file *above,
               struct path_list *list)
{
	struct open_file here = { .path = path, .includer = above };
	struct stat status;
	DIR *directory = opendir(path);
	struct dirent *entry;

	if (!directory || fstat(dirfd(directory), &status)) {
		add_problem(sources, (struct problem){ .text = arena_printf(sources->arena,
		                    "cannot read %s: %s", path, strerror(errno)) });
		if (directory)
			closedir(directory);
		return;
	}
	here.device = status.st_dev;
	here.inode = status.st_ino;
	for (const struct open_file *s = above; s; s = s->includer)
		if (s->device == here.device && s->inode == here.inode) {
			closedir(directory);
			return;
		}
	while ((entry = readdir(directory))) {
		bool slash = ends_with(path, "/");
		char *name;

		if (entry->d_name[0] == '.' || (topmost && is_part(entry->d_name)))
			continue;
		name = arena_printf(sources->arena, slash ? "%s%s" : "%s/%s", path, entry->d_name);
		if (stat(name, &status)) {
			if (ends_with(name, ".sql"))
				add_problem(sources, (struct problem){ .text = arena_printf(sources->arena,
				                    "cannot read %s: %s", name, strerror(errno)) });
			continue;
		}
		if (S_ISDIR(status.st_mode)) {
			list_directory(sources, name, false, &here, list);
		} else if (ends_with(name, ".sql")) {
			GROW(list->items, list->count, list->room);
			list->items[list->count++] = name;
		}
	}
	closedir(directory);
}

static bool
is_directory(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

static int
compare_files(const void *a, const void *b)
{
	const struct file_id *x = a, *y = b;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	return x->inode < y->inode ? -1 : x->inode > y->inode;
}

static bool
is_included(const struct reading *reading, const char *path)
{
	struct stat status;
	struct file_id id;

	if (!reading->included_count || stat(path, &status))
		return false;
	id = (struct file_id){ status.st_dev, status.st_ino };
	return bsearch(&id, reading->included, reading->included_count, sizeof id, compare_files) != NULL;
}

/* Takes back what came from files that others include: it came from there already. */
static void
drop_included(struct reading *reading, const struct range *ranges, size_t count)
{
	struct sources *sources = reading->sources;
	size_t items, problems, paths;

	/* In a circle each is included, and each would be dropped with what is wrong with it. */
	if (!count || !reading->included_count || reading->circular)
		return;
	qsort(reading->included, reading->included_count, sizeof *reading->included, compare_files);
	items = ranges[0].items;
	problems = ranges[0].problems;
	paths = ranges[0].paths;
	for (size_t i = 0; i < count; i++) {
		const struct range *r = &ranges[i];

		if (is_included(reading, r->path))
			continue;
		for (size_t k = r->items; k < r->item_end; k++)
			sources->items[items++] = sources->items[k];
		for (size_t k = r->problems; k < r->problem_end; k++)
			sources->problems[problems++] = sources->problems[k];
		for (size_t k = r->paths; k < r->path_end; k++)
			sources->paths[paths++] = sources->paths[k];
	}
	sources->count = items;
	sources->problem_count = problems;
	sources->path_count = paths;
}

static void
read_files(struct reading *reading, const struct path_list *list, struct range *ranges)
{
	struct sources *sources = reading->sources;

	for (size_t i = 0; i < list->count; i++) {
		reading->track = (struct setting_track)SETTING_TRACK_INIT;
		reading->restricted = false;
		ranges[i] = (struct range){ .path = list->items[i], .items = sources->count,
			                    .problems = sources->problem_count,
			                    .paths = sources->path_count };
		read_file(reading, list->items[i], NULL, NULL);
		ranges[i].item_end = sources->count;
		ranges[i].problem_end = sources->problem_count;
		ranges[i].path_end = sources->path_count;
	}
}

void
sources_add(struct sources *sources, const char *path, bool seeds)
{
	struct reading reading = { .sources = sources };
	struct path_list list = { 0 };
	struct range *ranges = NULL;
	size_t room = 0, count = 0;

	for (reading.part = SOURCE_INFRA; reading.part <= SOURCE_SEEDS; reading.part++) {
		list.count = 0;
		if (!is_directory(path)) {
			if (reading.part != SOURCE_MAIN)
				continue;
			GROW(list.items, list.count, list.room);
			list.items[list.count++] = arena_string(sources->arena, path);
		} else if (reading.part == SOURCE_MAIN) {
			list_directory(sources, path, true, NULL, &list);
		} else if (reading.part == SOURCE_INFRA || seeds) {
			char *part = arena_printf(sources->arena, "%s%s%s", path, ends_with(path, "/") ? "" : "/",
			                          reading.part == SOURCE_INFRA ? "infra" : "seeds");

			if (is_directory(part))
				list_directory(sources, part, false, NULL, &list);
		}
		if (!list.count)
			continue;
		qsort(list.items, list.count, sizeof *list.items, compare_paths);
		room = count + list.count;
		ranges = memory_resize(ranges, room * sizeof *ranges);
		read_files(&reading, &list, ranges + count);
		count = room;
	}
	drop_included(&reading, ranges, count);
	free(reading.included);
	free(list.items);
	free(ranges);
}

void
sources_add_text(struct sources *sources, const char *file, const char *text, size_t length,
                enum source_part part)
{
	struct reading reading = { .sources = sources, .track = SETTING_TRACK_INIT, .part = part };
	struct open_file source = { .path = file };

	read_text(&reading, &source, text, length);
	free(reading.included);
}

void
sources_init(struct sources *sources, struct arena *arena)
{
	*sources = (struct sources){ .arena = arena };
}

void
sources_release(struct sources *sources)
{
	free(sources->items);
	free(sources->problems);
	free(sources->paths);
	sources_init(sources, sources->arena);
}
