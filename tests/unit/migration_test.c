/* Migration files as dbmate reads them; checksums, names, committed.json. */
#include "test.h"
#include "base/io.h"
#include "migration/committed.h"
#include "migration/migration.h"
#include "migration/protect.h"

#include <stdlib.h>
#include <string.h>

static struct arena arena = ARENA_INIT;

/* The sections of a text in one line: direction, line, transaction or not, text. */
static void
parses(const char *text, const char *expected)
{
	struct migration migration;
	struct sbuf out = SBUF_INIT;
	long line;
	const char *wrong = migration_parse(&arena, text, &migration, &line);

	if (wrong)
		sbuf_addf(&out, "%ld: %s", line, wrong);
	for (size_t i = 0; !wrong && i < migration.count; i++) {
		const struct migration_section *up = &migration.pairs[i].up, *down = &migration.pairs[i].down;

		sbuf_addf(&out, "up %ld %s<%s> down %ld %s<%s>", up->line, up->transaction ? "" : "outside ", up->text,
		          down->line, down->transaction ? "" : "outside ", down->text);
	}
	check_text(out.text, expected, text);
	sbuf_release(&out);
}

static void
test_parse(void)
{
	parses("-- migrate:up\na\n-- migrate:down\nb", "up 1 <-- migrate:up\na\n> down 3 <-- migrate:down\nb>");
	parses("\n--migrate:up\na\n\n--migrate:down\n", "up 2 <--migrate:up\na\n\n> down 5 <--migrate:down\n>");
	parses("-- c\n\n  -- d\n-- migrate:up transaction:false\r\n-- migrate:down\ttransaction:false x:y\n",
	       "up 4 outside <-- migrate:up transaction:false\r\n> down 5 outside <-- migrate:down\ttransaction:false x:y\n>");
	parses("-- migrate:up transaction:true\n-- migrate:down transaction:false:x\n",
	       "up 1 <-- migrate:up transaction:true\n> down 2 <-- migrate:down transaction:false:x\n>");
	parses("--\nmigrate:up transaction:false\n--migrate:down", "up 1 <--\nmigrate:up transaction:false\n> down 3 <--migrate:down>");
	parses("-- migrate:up\n -- migrate:down\n-- migrate:downs\n-- migrate:down\n",
	       "up 1 <-- migrate:up\n -- migrate:down\n-- migrate:downs\n> down 4 <-- migrate:down\n>");
	parses("-- migrate:up\na\n-- migrate:down\nb\n-- migrate:up\nc\n-- migrate:down\nd\n",
	       "up 1 <-- migrate:up\na\n> down 3 <-- migrate:down\nb\n>"
	       "up 5 <-- migrate:up\nc\n> down 7 <-- migrate:down\nd\n>");
	parses("-- migrate:down\n-- migrate:up\n", "1: \"-- migrate:down\" without a \"-- migrate:up\" before it");
	parses("select 1;\n-- migrate:up\n", "1: a statement before \"-- migrate:up\"");
	parses("-- only a comment\n", "0: there is no \"-- migrate:up\"");
	parses("", "0: there is no \"-- migrate:up\"");
	parses("-- migrate:up\n", "1: there is no \"-- migrate:down\" for this \"-- migrate:up\"");
	parses("-- migrate:up\n-- migrate:up\n", "2: \"-- migrate:up\" where the \"-- migrate:down\" of the one before is missing");
}

static void
bad_name(void *description)
{
	migration_name(&arena, "20250101000000", description);
}

static void
test_names(void)
{
	char lf[SHA256_HEX], crlf[SHA256_HEX];

	check_text(migration_name(&arena, "20250101000000", "Add phone-No. \xC3\x84"), "20250101000000_add_phone_no___.sql",
	           "a name from a description");
	check_dies(bad_name, (void *)"--", 2, "not a name for a migration", "nothing remains");
	check(migration_is_name("1.sql") && migration_is_name("1-a.sql") && !migration_is_name("a1.sql") &&
	              !migration_is_name("1/a.sql") && !migration_is_name("1_a.sql~"), "names of migrations");
	migration_checksum("abc", 3, lf);
	check_text(lf, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "SHA-256");
	migration_checksum("a\nb\n", 4, lf);
	migration_checksum("a\r\nb\r\n", 6, crlf);
	check_text(crlf, lf, "line ends of other systems give the same checksum");
}

static void
read_committed(void *path)
{
	committed_read(&arena, path);
}

static void
committed_wrong(const char *text, const char *message)
{
	file_replace("committed.json", text, strlen(text));
	check_dies(read_committed, (void *)"committed.json", 2, message, message);
}

static void
test_committed(void)
{
	static const char text[] = "{\"migrations\": [{\"migrationFile\": {\"name\": \"20_b.sql\"}, \"x\": 1},"
				   " {\"migrationFile\": {\"name\": \"10_imported_baseline.sql\"}}]}";
	struct committed *committed = committed_read(&arena, "missing.json");

	check(committed->count == 0 && !committed_baseline(committed), "no file, no entries");
	file_replace("committed.json", text, strlen(text));
	committed = committed_read(&arena, "committed.json");
	check_text(committed->items[0].version, "10", "in the order of versions");
	check_text(committed_baseline(committed)->name, "10_imported_baseline.sql", "another program's baseline");
	committed_put(committed, &(struct committed_migration){ .name = "15_c.sql", .path = "p/15_c.sql", .version = "15",
	              .description = "c", .committed_at = "2025-01-01T00:00:00Z", .checksum = "abc" });
	committed_write(committed);
	committed = committed_read(&arena, "committed.json");
	check_number((long long)committed->count, 3, "one more");
	check_text(committed->items[1].checksum, "abc", "its checksum");
	check(strstr(committed->file.text.text, "\"x\": 1") != NULL, "unknown keys stay");
	committed_wrong("{\"migrations\": [{}]}", "\"migrationFile\" is missing");
	committed_wrong("{\"migrations\": [{\"migrationFile\": {\"name\": \"../x.sql\"}}]}", "not the name of a migration");
	committed_wrong("{\"migrations\": [{\"migrationFile\": {\"name\": \"1_a.sql\"}}, {\"migrationFile\": {\"name\": \"1_b.sql\"}}]}",
	                "two migrations have the version 1");
	committed_wrong("{\n<<<<<<< ours\n", "committed.json:2:1: error: merge conflict markers");
}

static void
test_protect(void)
{
	struct sbuf sql = SBUF_INIT, out = SBUF_INIT;

	sbuf_adds(&sql, "-- migrate:up\nselect 1;\nselect 'a\\\n-- migrate:down\n''$$';\n");
	migration_protect(&arena, &out, &sql);
	check_text(out.text, " -- migrate:up\nselect 1;\n"
	           "DO $_$BEGIN EXECUTE E'select ''a\\\\\\n-- migrate:down\\n''''$$'''; END$_$;\n", "directives inside SQL");
	check_number(migration_directive_line(out.text), 0, "none is left");
	sbuf_release(&sql);
	sbuf_release(&out);
}

int
main(void)
{
	test_parse();
	test_names();
	test_committed();
	test_protect();
	arena_release(&arena);
	return test_end();
}
