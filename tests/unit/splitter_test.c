/* SQL text as statements: where they end, where they stand, what is wrong with a text. */
#include "test.h"
#include "base/sbuf.h"
#include "sql/splitter.h"

#include <string.h>

static struct arena arena;

/* `LINE statement|` for each, `LINE \meta|`, `LINE !problem|`. */
static const char *
split_bytes(const char *text, size_t length)
{
	struct sbuf out = SBUF_INIT;
	struct splitter splitter;
	enum split found;

	splitter_start(&splitter, &arena, "test.sql", text, length);
	while ((found = splitter_next(&splitter)) != SPLIT_END) {
		if (found == SPLIT_WRONG)
			sbuf_addf(&out, "%ld !%s|", splitter.problem.line, splitter.problem.text);
		else
			sbuf_addf(&out, "%ld %s|", splitter.statement.line, splitter.statement.text);
	}
	return sbuf_take(&out);
}

static void
splits(const char *text, const char *expected)
{
	check_text(split_bytes(text, strlen(text)), expected, text);
}

static void
test_ends(void)
{
	splits("", "");
	splits(" ;; -- nothing\n /* ; */ ;", "");
	splits("select 1; select 2", "1 select 1|1 select 2|");
	splits("select 1\n;\n\nselect 2 -- two\n;", "1 select 1|4 select 2|");
	splits("select ';' , \";\" , $$;$$ , $a$;$$;$a$ ; b", "1 select ';' , \";\" , $$;$$ , $a$;$$;$a$|1 b|");
	splits("/* a /* ; */ ; */ select 1 /* ; */ + 2; b", "1 select 1 /* ; */ + 2|1 b|");
	splits("select 1 --;\n + 2; b", "1 select 1 --;\n + 2|2 b|");
	splits("create rule r as on insert to t do also (a; b); c",
	       "1 create rule r as on insert to t do also (a; b)|1 c|");
	splits("a); b", "1 a)|1 b|");
	splits("a \\; b; c", "1 a|1 b|1 c|");
}

static void
test_strings(void)
{
	splits("select 'a''; b'; c", "1 select 'a''; b'|1 c|");
	splits("select 'a\\'; c", "1 select 'a\\'|1 c|");
	splits("select E'a\\'; b'; c", "1 select E'a\\'; b'|1 c|");
	splits("select e'a'\n 'b\\'; c'; d", "1 select e'a'\n 'b\\'; c'|2 d|");
	splits("select e'a' -- x\n 'b\\'; c'; d", "1 select e'a' -- x\n 'b\\'; c'|2 d|");
	splits("select e'a' 'b\\'; d", "1 select e'a' 'b\\'|1 d|");
	splits("select ae'a\\'; d", "1 select ae'a\\'|1 d|");
	splits("select U&'\\0061''; b' uescape '!'; c", "1 select U&'\\0061''; b' uescape '!'|1 c|");
	splits("select U&\"a\"\"; b\"; c", "1 select U&\"a\"\"; b\"|1 c|");
	splits("select a$b$; $c$ ; $ $c$ , $1; d", "1 select a$b$|1 $c$ ; $ $c$ , $1|1 d|");
	splits("select $é$;$é$; d", "1 select $é$;$é$|1 d|");
	splits("select $a$ $ab$ $a $a$; d", "1 select $a$ $ab$ $a $a$|1 d|");
	splits("select 1-/* ; */-1, a--;\n; d", "1 select 1-/* ; */-1, a|2 d|");
	splits("select a */* ; */ b, c /-- ;\n d; e", "1 select a */* ; */ b, c /-- ;\n d|2 e|");
	splits("select 1.5e3, 1..2, 1e'a\\'; b'; c", "1 select 1.5e3, 1..2, 1e'a\\'; b'|1 c|");
}

static void
test_bodies(void)
{
	splits("create function f() begin atomic select 1; select case when a then 1 else 2 end; end; b",
	       "1 create function f() begin atomic select 1; select case when a then 1 else 2 end; end|1 b|");
	splits("create or replace procedure p() begin atomic insert into t values (1); end; b",
	       "1 create or replace procedure p() begin atomic insert into t values (1); end|1 b|");
	splits("create function f(a int default case when true then 1 end) as $$ begin $$; b",
	       "1 create function f(a int default case when true then 1 end) as $$ begin $$|1 b|");
	splits("create table begin (a int); b", "1 create table begin (a int)|1 b|");
	splits("begin; select 1; end; b", "1 begin|1 select 1|1 end|1 b|");
	splits("select 1;\ncreate function f()\nbegin atomic\nselect 1; b", "1 select 1|3 !a BEGIN without its END|");
}

static void
test_wrong(void)
{
	splits("a;\nb 'c;\n;", "1 a|2 !a quoted string that is never closed|");
	splits("a;\n\nb \"c;\n;", "1 a|3 !a quoted name that is never closed|");
	splits("a;\nb\n $x$;$y$\n;", "1 a|3 !a dollar-quoted string that is never closed|");
	splits("a;\n/* /* */\n;", "1 a|2 !a comment that is never closed|");
	splits("a;\nb (\n(c);", "1 a|2 !a parenthesis that is never closed|");
	splits("copy t from stdin;\n1\t;'\n\\.\nselect 1;",
	       "1 !COPY … FROM STDIN: data cannot be loaded from here|4 select 1|");
	splits("copy t (a) from stdin with (format csv);\n1\n\\.\n",
	       "1 !COPY … FROM STDIN: data cannot be loaded from here|");
	splits("copy t to stdout; b", "1 !COPY … TO STDOUT: there is nowhere for the data to go|1 b|");
	splits("copy t from '/a'; b", "1 copy t from '/a'|1 b|");
	splits("a;\n\\set x 1\nb;", "1 a|2 \\set x 1|3 b|");
	splits("a\n\\g\nb;", "2 !the psql command \\g inside a statement|3 b|");
	check_text(split_bytes("a;\nb\0;", 6), "2 !a NUL byte|", "a NUL byte");
	check_text(split_bytes("a;\n'\xc3\x28';", 7), "2 !invalid UTF-8: byte 0xc3|", "invalid UTF-8");
	check_text(split_bytes("\xed\xa0\x80", 3), "1 !invalid UTF-8: byte 0xed|", "half of a UTF-16 pair");
	check_text(split_bytes("\xf4\x90\x80\x80", 4), "1 !invalid UTF-8: byte 0xf4|", "above the last character");
	check_text(split_bytes("a\xc3", 2), "1 !invalid UTF-8: byte 0xc3|", "cut off in a character");
}

static void
test_places(void)
{
	struct splitter splitter;
	static const char text[] = "\xef\xbb\xbf-- not this\r\n\r\n-- one\r\n/* two\r\n */\r\ncreate x; -- behind x\r\n"
		                   "-- before y\r\ncreate y;\r\n;";

	check_text(split_bytes(text, sizeof text - 1), "6 create x|8 create y|", "a byte order mark and CRLF");
	splitter_start(&splitter, &arena, "test.sql", text, sizeof text - 1);
	splitter_next(&splitter);
	check_text(splitter.statement.comment, "-- one\r\n/* two\r\n */", "the comments directly before");
	check_number(splitter.statement.comment_line, 3, "and their line");
	check(!strncmp(text + splitter.statement.offset, "create x", 8), "the offset in the file");
	splitter_next(&splitter);
	check_text(splitter.statement.comment, "-- before y", "a comment behind a statement is not before the next");
}

/* What is quadratic takes minutes with this much. */
static void
test_linear(void)
{
	static const char *const pieces[] = { "$a", "'a' ", "$a$$", "/*", "E'a'\n", "(", "--\n", "copy t from stdin;\n", "begin ", "\\x\n", "a;" };

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct sbuf text = SBUF_INIT;
		struct splitter splitter;
		struct arena own = ARENA_INIT;

		while (text.length < 1000000)
			sbuf_adds(&text, pieces[i]);
		splitter_start(&splitter, &own, "test.sql", text.text, text.length);
		while (splitter_next(&splitter) != SPLIT_END)
			continue;
		arena_release(&own);
		sbuf_release(&text);
	}
	check(true, "a megabyte of the same is no trouble");
}

int
main(void)
{
	test_ends();
	test_strings();
	test_bodies();
	test_wrong();
	test_places();
	test_linear();
	return test_end();
}
