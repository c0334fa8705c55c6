#include "migration/migration.h"

#include "base/die.h"
#include "base/io.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ----------------------------------------------------------------- parsing */

/* \s of Go's regular expressions. */
static const char blanks[] = " \t\n\f\r";

enum direction { NONE, UP, DOWN };

/* The directive that begins at `line`. Blanks after -- may be line breaks. */
static enum direction
directive(const char *line)
{
	static const char *const words[] = { [UP] = "migrate:up", [DOWN] = "migrate:down" };
	const char *p;

	if (strncmp(line, "--", 2) != 0)
		return NONE;
	p = line + 2 + strspn(line + 2, blanks);
	for (int i = UP; i <= DOWN; i++) {
		size_t length = strlen(words[i]);

		if (!strncmp(p, words[i], length) && (!p[length] || strchr(blanks, p[length])))
			return i;
	}
	return NONE;
}

static const char *
next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end ? end + 1 : line + strlen(line);
}

bool
migration_is_directive(const char *line)
{
	return directive(line) != NONE;
}

long
migration_directive_line(const char *text)
{
	long number = 1;

	for (; *text; text = next_line(text), number++)
		if (directive(text) != NONE)
			return number;
	return 0;
}

static bool
is_transaction(const char *section)
{
	const char *end = section + strcspn(section, "\n");
	bool transaction = true;

	for (const char *p = section + strspn(section, " \t\f\r"); p < end;) {
		size_t length = strcspn(p, blanks);

		if (!strncmp(p, "transaction:", 12) && !memchr(p + 12, ':', length - 12))
			transaction = length != 17 || strncmp(p + 12, "false", 5) != 0;
		p += length;
		p += strspn(p, blanks);
	}
	return transaction;
}

static bool
is_blank_or_comment(const char *line)
{
	const char *p = line + strspn(line, " \t\f\r");

	return !*p || *p == '\n' || !strncmp(p, "--", 2);
}

const char *
migration_parse(struct arena *arena, const char *text, struct migration *migration, long *line)
{
	struct migration_section *open = NULL;
	enum direction last = DOWN;
	size_t pairs = 0;
	long number = 0;
	const char *start = NULL;

	for (const char *p = text; *p; p = next_line(p))
		pairs += directive(p) == UP;
	migration->pairs = arena_array(arena, pairs ? pairs : 1, sizeof *migration->pairs);
	migration->count = 0;
	*line = 0;
	for (const char *p = text; *p; p = next_line(p)) {
		enum direction found = directive(p);

		number++;
		if (found == NONE) {
			if (open || is_blank_or_comment(p))
				continue;
			*line = number;
			return "a statement before \"-- migrate:up\"";
		}
		if (found == last) {
			*line = number;
			return found == DOWN ? "\"-- migrate:down\" without a \"-- migrate:up\" before it"
			                     : "\"-- migrate:up\" where the \"-- migrate:down\" of the one before is missing";
		}
		if (open)
			open->text = arena_copy(arena, start, (size_t)(p - start));
		open = found == UP ? &migration->pairs[migration->count].up
		                   : &migration->pairs[migration->count++].down;
		open->line = number;
		open->transaction = is_transaction(p);
		start = p;
		last = found;
	}
	if (!open)
		return "there is no \"-- migrate:up\"";
	open->text = arena_string(arena, start);
	*line = last == UP ? open->line : 0;
	return last == UP ? "there is no \"-- migrate:down\" for this \"-- migrate:up\"" : NULL;
}

/* ------------------------------------------------------------------- names */

bool
migration_is_name(const char *name)
{
	size_t digits = strspn(name, "0123456789"), length = strlen(name);

	return digits && length > 4 && !strcmp(name + length - 4, ".sql") && !strchr(name, '/');
}

const char *
migration_version(struct arena *arena, const char *name)
{
	return arena_copy(arena, name, strspn(name, "0123456789"));
}

const char *
migration_name(struct arena *arena, const char *version, const char *description)
{
	enum { MOST = 200 }; /* file names end at 255 bytes */
	struct sbuf name = SBUF_INIT;
	const char *result;
	bool any = false;

	if (!*version || version[strspn(version, "0123456789")])
		die(STATUS_USAGE, "not the version of a migration: \"%s\"", version);
	sbuf_addf(&name, "%s_", version);
	for (const char *p = description; *p && name.length < MOST; p++) {
		unsigned char c = (unsigned char)*p;

		if ((c & 0xC0) == 0x80)
			continue; /* one _ for one character */
		any = any || (c < 0x80 && isalnum(c));
		sbuf_addc(&name, c < 0x80 && isalnum(c) ? (char)tolower(c) : '_');
	}
	if (!any)
		die(STATUS_USAGE, "not a name for a migration: \"%s\"", description);
	sbuf_adds(&name, ".sql");
	result = arena_copy(arena, name.text, name.length);
	sbuf_release(&name);
	return result;
}

/* ------------------------------------------------------------------- files */

void
migration_checksum(const char *text, size_t length, char hex[SHA256_HEX])
{
	struct sha256 digest;
	size_t start = 0;

	sha256_init(&digest);
	for (size_t i = 0; i + 1 < length; i++)
		if (text[i] == '\r' && text[i + 1] == '\n') {
			sha256_add(&digest, text + start, i - start);
			start = i + 1;
		}
	sha256_add(&digest, text + start, length - start);
	sha256_end(&digest, hex);
}

const struct migration *
migration_read(struct arena *arena, const char *path)
{
	struct migration *migration = arena_alloc(arena, sizeof *migration);
	struct sbuf text = SBUF_INIT;
	const char *slash = strrchr(path, '/'), *wrong;
	size_t digits;
	long line;

	migration->path = arena_string(arena, path);
	migration->name = arena_string(arena, slash ? slash + 1 : path);
	if (!migration_is_name(migration->name))
		die(STATUS_USAGE, "not the name of a migration (<version>_<description>.sql): %s", path);
	migration->version = migration_version(arena, migration->name);
	digits = strlen(migration->version);
	if (migration->name[digits] == '_')
		digits++;
	migration->description = arena_copy(arena, migration->name + digits, strlen(migration->name) - digits - 4);
	file_must_read(path, &text);
	if (strlen(text.text) != text.length)
		die(STATUS_USAGE, "%s holds a zero byte", path);
	migration_checksum(text.text, text.length, migration->checksum);
	wrong = migration_parse(arena, text.text, migration, &line);
	if (wrong)
		die_report(STATUS_USAGE, &(struct report){ .file = path, .line = line, .text = wrong });
	sbuf_release(&text);
	return migration;
}

static int
compare_versions(const void *a, const void *b)
{
	return strcmp((*(const struct migration *const *)a)->version,
	              (*(const struct migration *const *)b)->version);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp((*(const struct migration *const *)a)->name,
	              (*(const struct migration *const *)b)->name);
}

/* Orders them by name, as dbmate does, when no two have the same version. */
static void
sort_migrations(const struct migration **list, size_t count)
{
	qsort(list, count, sizeof *list, compare_versions);
	for (size_t i = 1; i < count; i++)
		if (!strcmp(list[i - 1]->version, list[i]->version))
			die_hint(STATUS_USAGE, "give one of them a later version",
			         "two migrations have the version %s: %s and %s", list[i]->version,
			         list[i - 1]->name, list[i]->name);
	qsort(list, count, sizeof *list, compare_names);
}

const struct migration **
migration_list(struct arena *arena, const char *directory, size_t *count)
{
	const struct migration **list = NULL, **result;
	size_t room = 0;
	struct dirent *entry;
	DIR *open = opendir(directory);

	*count = 0;
	if (!open && errno != ENOENT)
		die(STATUS_USAGE, "cannot read the directory %s: %s", directory, strerror(errno));
	while (open && (entry = readdir(open))) {
		if (!migration_is_name(entry->d_name))
			continue;
		GROW(list, *count, room);
		list[(*count)++] = migration_read(arena, arena_printf(arena, "%s/%s", directory, entry->d_name));
	}
	if (open)
		closedir(open);
	result = arena_array(arena, *count + 1, sizeof *result);
	if (*count)
		memcpy(result, list, *count * sizeof *list);
	sort_migrations(result, *count);
	free(list);
	return result;
}
