/* What configuration is made of: URLs, ${…}, lists of names, .pgschemaignore, settings. */
#include "test.h"
#include "config/config.h"
#include "config/ignore.h"
#include "config/url.h"
#include "pg/name_list.h"
#include "pg/setting.h"

#include <stdlib.h>
#include <string.h>

static struct arena arena = ARENA_INIT;

static void
test_urls(void)
{
	check(url_same("postgres://u@H.example/d", "postgresql://u:p@h.EXAMPLE:5432/d/?sslmode=require"),
	      "scheme, case, port, slash, password and other parameters do not matter");
	check(url_same("postgres://u@localhost/d", "host=127.0.0.1 user=u dbname=d"), "loopback, conninfo");
	check(url_same("postgres://u@h", "postgres://u@h/u"), "the database is named like the user");
	check(!url_same("postgres://u@h/d", "postgres://u@h/D"), "databases differ by case");
	check(!url_same("postgres://u@h/d", "postgres://u@h:5433/d"), "another port");
	check(!url_same("postgres://a@pooler/d", "postgres://b@pooler/d"), "another user");
	check(!url_same("postgres://u@/d?host=/A", "postgres://u@/d?host=/a"), "paths of sockets keep their case");
	check(url_same("postgres://u@a:1,B/d", "postgres://u@A:1,b:5432/d"), "several hosts");
	check(!url_same("postgres://%zz", "postgres://%zz"), "malformed is nothing");
	check_text(url_wrong(&arena, "postgres://u:secret@h:1/d"), NULL, "sound");
	check(url_wrong(&arena, "postgres://u:se%zzcret@h/d") != NULL, "bad escape");
	check(!strstr(url_wrong(&arena, "postgres://u:se%zzcret@h/d"), "cret"), "no password in the message");
}

static void
test_expand(void)
{
	const char *missing = NULL;

	setenv("TEST_A", "x${TEST_B}", 1);
	setenv("TEST_B", "", 1);
	unsetenv("TEST_C");
	check_text(config_expand(&arena, "a${TEST_A}b${TEST_B}$c${}${d", &missing), "ax${TEST_B}b$c${}${d",
	           "expanded once; what is no name stays");
	check_text(config_expand(&arena, "${TEST_C}", &missing), NULL, "not set");
	check_text(missing, "TEST_C", "its name");
}

static void
names(const char *text, const char *expected)
{
	struct sbuf out = SBUF_INIT;
	size_t count;
	const char **list = name_list_parse(&arena, text, &count);

	for (size_t i = 0; list && list[i]; i++)
		sbuf_addf(&out, "<%s>", list[i]);
	check_text(list ? out.text : NULL, expected, text);
	sbuf_release(&out);
}

static void
test_names(void)
{
	struct sbuf out = SBUF_INIT;

	names("", "");
	names("a", "<a>");
	names(" a , B c,\"d,\"\"e\" ", "<a><B c><d,\"e>");
	names("a,,b", NULL);
	names("a,", NULL);
	names("\"a", NULL);
	names("\"\"", NULL);
	names("a\"b", NULL);
	name_list_add(&out, "we\"ird, x");
	names(out.text, "<we\"ird, x>");
	sbuf_release(&out);
}

static void
ignores(const char *text, const char *section, const char *schema, const char *name, bool expected)
{
	struct ignore ignore;
	long line;
	const char *wrong = ignore_parse(&arena, text, &ignore, &line);

	check_text(wrong, NULL, "parsed");
	check(ignore_matches(&ignore, section, schema, name) == expected, name);
}

static void
ignore_wrong(const char *text, long where)
{
	struct ignore ignore;
	long line = 0;

	check(ignore_parse(&arena, text, &ignore, &line) != NULL, text);
	check_number(line, where, "at its line");
}

static void
test_ignore(void)
{
	static const char text[] = "# x\r\n[tables] # y\npatterns = [\"tmp_*\", '!tmp_keep', # z\n  \"a.b?\",\n]\n"
				   "[ views ]\npatterns=[\"v[0-9]\",\"w[^a-c]\",\"\\\\*\",\"x[\"]\n[tables]\npatterns=['*.audit']";

	ignores(text, "tables", "public", "tmp_1", true);
	ignores(text, "tables", NULL, "tmp_1", true);
	ignores(text, "tables", "public", "tmp_keep", false);
	ignores(text, "views", "public", "tmp_1", false);
	ignores(text, "tables", "a", "b\xC3\xA4", true);
	ignores(text, "tables", "c", "b1", false);
	ignores(text, "tables", "any", "audit", true);
	ignores(text, "tables", NULL, "audit", false);
	ignores(text, "views", "public", "v7", true);
	ignores(text, "views", "public", "v77", false);
	ignores(text, "views", "public", "wd", true);
	ignores(text, "views", "public", "wb", false);
	ignores(text, "views", "public", "*", true);
	ignores(text, "views", "public", "q", false);
	ignores(text, "views", "public", "x[", true);
	ignores("[tables]\npatterns=['*a*b*c']", "tables", NULL, "xaxbxbxc", true);
	ignores("[tables]\npatterns=['*a*b*c']", "tables", NULL, "xaxbxbx", false);
	ignores("", "tables", "public", "t", false);
	ignore_wrong("[table]\n", 1);
	ignore_wrong("\npatterns = []", 2);
	ignore_wrong("[tables]\nname = 1", 2);
	ignore_wrong("[tables]\npatterns = [\n1]", 3);
	ignore_wrong("[tables]\npatterns = [\"a\" \"b\"]", 2);
	ignore_wrong("[tables]\npatterns = [\"a\n\"]", 2);
	ignore_wrong("[tables]\npatterns = [\"a\"", 2);
	ignore_wrong("[tables]\npatterns = [\"\\x\"]", 2);
	ignore_wrong("[tables\n", 1);
}

static void
setting(const char *text, const char *expected)
{
	struct sbuf out = SBUF_INIT;

	setting_write(&out, text);
	check_text(out.text, expected, text);
	sbuf_release(&out);
}

static void
test_settings(void)
{
	setting("work_mem=1MB", "work_mem TO '1MB'");
	setting("search_path=\"$user\", public, \"a \"\"b\"", "search_path TO '$user', public, 'a \"b'");
	setting("statement_timeout=0", "statement_timeout TO 0");
	setting("row_security=on", "row_security TO on");
	setting("my.x=default", "my.x TO 'default'");
	setting("search_path=", "search_path TO ''");
	setting("Search_Path=\"\"", "\"Search_Path\" TO ''");
	setting("my.x=a\"b'c", "my.x TO 'a\"b''c'");
	setting("DateStyle=ISO, MDY", "\"DateStyle\" TO 'ISO, MDY'");
	setting("search_path=\"a", "search_path TO '\"a'");
}

int
main(void)
{
	test_urls();
	test_expand();
	test_names();
	test_ignore();
	test_settings();
	arena_release(&arena);
	return test_end();
}
