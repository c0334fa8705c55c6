#include "server/binaries.h"
#include "base/die.h"
#include "base/sbuf.h"
#include "pg/connection.h"

#include <ctype.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const places[] = {
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/usr/lib*/postgresql*/bin",
	"/usr/libexec/postgresql*",
	"/opt/homebrew/opt/postgresql*/bin",
	"/usr/local/opt/postgresql*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
	"/usr/local/pgsql/bin",
};

struct search {
	struct arena *arena;
	struct binaries *items;
	size_t count, room;
};

/* What a command prints on its first line, without its end; false when it fails. */
static bool
first_line(const char *command, char *line, size_t size)
{
	FILE *pipe = popen(command, "r");
	bool ok;

	if (!pipe)
		return false;
	ok = fgets(line, (int)size, pipe) != NULL;
	if (pclose(pipe) || !ok)
		return false;
	line[strcspn(line, "\n")] = '\0';
	return true;
}

/* A word for sh. */
static void
quote_word(struct sbuf *out, const char *word)
{
	sbuf_addc(out, '\'');
	for (; *word; word++)
		if (*word == '\'')
			sbuf_adds(out, "'\\''");
		else
			sbuf_addc(out, *word);
	sbuf_addc(out, '\'');
}

static void
consider(struct search *search, const char *directory)
{
	struct sbuf path = SBUF_INIT;
	char line[256], *real, *version;
	struct binaries found;

	sbuf_addf(&path, "%s/initdb", directory);
	if (!access(path.text, X_OK)) {
		sbuf_reset(&path);
		sbuf_addf(&path, "%s/postgres", directory);
		real = access(path.text, X_OK) ? NULL : realpath(directory, NULL);
		if (real) {
			for (size_t i = 0; i < search->count; i++)
				if (!strcmp(search->items[i].directory, real)) {
					free(real);
					real = NULL;
					break;
				}
		}
		if (real) {
			found.directory = arena_string(search->arena, real);
			free(real);
			sbuf_reset(&path);
			quote_word(&path, found.directory);
			sbuf_adds(&path, "/postgres --version 2>/dev/null");
			/* "postgres (PostgreSQL) 15.4 (Debian 15.4-1)" */
			if (first_line(path.text, line, sizeof line) && (version = strchr(line, ')'))) {
				version += strspn(version, ") ");
				version[strcspn(version, " ")] = '\0';
				found.version = arena_string(search->arena, version);
				found.major = strtol(version, NULL, 10);
				GROW(search->items, search->count, search->room);
				search->items[search->count++] = found;
			}
		}
	}
	sbuf_release(&path);
}

static void
search_everywhere(struct search *search)
{
	const char *path = getenv("PATH");
	char line[1024];

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		glob_t matches;

		if (!glob(places[i], 0, NULL, &matches)) {
			for (size_t j = 0; j < matches.gl_pathc; j++)
				consider(search, matches.gl_pathv[j]);
			globfree(&matches);
		}
	}
	while (path && *path) {
		size_t length = strcspn(path, ":");

		if (length)
			consider(search, arena_copy(search->arena, path, length));
		path += length + (path[length] == ':');
	}
	if (!search->count && first_line("pg_config --bindir 2>/dev/null", line, sizeof line))
		consider(search, line);
}

static void
search_all(struct search *search)
{
	const char *chosen = getenv("PG_BINDIR");

	if (chosen && *chosen)
		consider(search, chosen);
	else
		search_everywhere(search);
}

bool
binaries_are_here(struct arena *arena, long major)
{
	struct search search = { .arena = arena };
	bool found = false;

	search_all(&search);
	for (size_t i = 0; i < search.count; i++)
		found |= search.items[i].major == major;
	free(search.items);
	return found;
}

struct binaries
binaries_find(struct arena *arena, long major)
{
	struct search search = { .arena = arena };
	const char *chosen = getenv("PG_BINDIR");
	struct binaries best = { 0 };
	struct sbuf seen = SBUF_INIT;

	search_all(&search);
	for (size_t i = 0; i < search.count; i++) {
		const struct binaries *b = &search.items[i];
		/* An unknown version only when there is no other. */
		bool known = b->major * 10000 >= SERVER_OLDEST && b->major * 10000 <= SERVER_NEWEST;
		bool best_known = best.major && best.major * 10000 <= SERVER_NEWEST;

		sbuf_addf(&seen, "%s%s in %s", seen.length ? ", " : "", b->version, b->directory);
		if (major ? b->major != major : b->major * 10000 < SERVER_OLDEST)
			continue;
		if (!best.directory || (known && !best_known) ||
		    (known == best_known && b->major > best.major))
			best = *b;
	}
	free(search.items);
	if (best.directory) {
		sbuf_release(&seen);
		return best;
	}
	if (!seen.length)
		sbuf_addf(&seen, "none in %s", chosen && *chosen ? chosen : "the usual places");
	if (major)
		die_report(STATUS_USAGE,
		           &(struct report){ .text = arena_printf(arena, "the programs of PostgreSQL %ld are not here", major),
		                             .detail = arena_printf(arena, "found: %s", seen.text),
		                             .hint = arena_printf(arena,
		                                                  "install them (Debian: apt-get install postgresql-%ld), "
		                                                  "or name their directory in PG_BINDIR",
		                                                  major) });
	die_report(STATUS_USAGE,
	           &(struct report){ .text = "PostgreSQL's server programs (13 or newer) are not here",
	                             .detail = arena_printf(arena, "found: %s", seen.text),
	                             .hint = "install them (Debian: apt-get install postgresql), or name their "
	                                     "directory in PG_BINDIR" });
}
