/* fact/: ids, names, lines, snapshots. */
#include "test.h"
#include "fact/snapshot.h"

#include <string.h>

static struct arena arena;

static const struct fact *
read_line(const char *line)
{
	const char *error = NULL;
	size_t column;

	return fact_read(&arena, line, strlen(line), &error, &column);
}

static const char *
wrong_line(const char *line, size_t *column)
{
	const char *error = NULL;

	return fact_read(&arena, line, strlen(line), &error, column) ? NULL : error;
}

static void
test_lines(void)
{
	static const char line[] =
		"{\"id\":\"table public.t\",\"in\":\"schema public\",\"needs\":[\"type a\",\"type b\"],"
		"\"a\":true,\"b\":[\"x\",\"y\\\"z\"],\"c\":-12,\"d\":\"\\\\ \\n \\u0007 é\"}";
	const struct fact *fact = read_line(line);
	struct sbuf out = SBUF_INIT;
	size_t column, count;

	check(fact != NULL, "a line can be read");
	fact_write(&out, fact);
	check_text(out.text, line, "and comes out the same");
	check_text(fact_text(fact, "d"), "\\ \n \a é", "a string is decoded");
	check_text(fact_text(fact, "c"), "-12", "a number is its digits");
	check(fact_has(fact, "a"), "true is there");
	check(!fact_has(fact, "e") && !fact_text(fact, "e"), "what is absent is not");
	fact_list(fact, "b", &count);
	check(count == 2, "a list has its items");
	check(wrong_line("{\"id\":\"t a\",\"b\":true,\"a\":true}", &column) != NULL, "keys out of order");
	check(wrong_line("{\"id\":\"t a\",\"b\":\"x", &column) != NULL, "a line cut off");
	check(wrong_line("{\"id\":\"t a\",\"b\":false}", &column) && column == 17, "the place of what is wrong");
	check(wrong_line("{\"id\":\"t a\"} ", &column) != NULL, "something behind");
	check(wrong_line("{\"a\":true}", &column) != NULL, "no id");
	check(wrong_line("{\"id\":\"t \\u0041\"}", &column) != NULL, "an escape that is not canonical");
	sbuf_release(&out);
}

static void
test_names(void)
{
	size_t length;

	check_text(name_last_part("a.b.c"), "c", "the last part");
	check_text(name_last_part("\"a.b\".\"x.y\""), "\"x.y\"", "with dots in quotes");
	check_text(name_last_part("\"a\"\".b\".f(integer)"), "f(integer)", "with quotes in quotes");
	check_text(name_last_part("s.f(public.t, a.b)"), "f(public.t, a.b)", "arguments are not divided");
	name_schema("\"a.b\".c", &length);
	check(length == 5, "the schema");
	name_schema("c", &length);
	check(length == 0, "no schema");
	check_text(identifier_plain(&arena, "\"a\"\"b\"", 6), "a\"b", "an identifier without its quotes");
	check(id_is("table public.t", "table") && !id_is("tables x", "table"), "the kind");
	check_text(id_name("table public.t"), "public.t", "the name");
}

/* Ids in their order are lines in byte order. */
static void
test_order(void)
{
	static const char *const ids[] = {
		"t a", "t a b", "t a\"", "t a\\", "t a\n", "t a\t", "t a\x01", "t a\x1f", "t a.b", "t a!", "t a#",
		"t \xc3\xa9", "t ab", "t a\"b", "t a\r", "t a\\n", "t a[", "t a]",
	};
	bool same = true;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		for (size_t k = 0; k < sizeof ids / sizeof *ids; k++) {
			struct sbuf a = SBUF_INIT, b = SBUF_INIT;
			int lines, order = id_compare(ids[i], ids[k]);

			json_string_write(&a, ids[i]);
			json_string_write(&b, ids[k]);
			lines = strcmp(a.text, b.text);
			same = same && (lines > 0) == (order > 0) && (lines < 0) == (order < 0);
			sbuf_release(&a);
			sbuf_release(&b);
		}
	check(same, "ids are in the order of their lines");
}

static void
test_find(void)
{
	struct snapshot snapshot = SNAPSHOT_INIT;
	bool found = true;

	for (int i = 0; i < 1000; i++) {
		struct fact *fact = arena_alloc(&snapshot.arena, sizeof *fact);

		fact->id = arena_printf(&snapshot.arena, "table t%d", i);
		snapshot_add(&snapshot, fact);
		/* In between, so that the index grows with it. */
		found = found && snapshot_find(&snapshot, fact->id) == fact;
	}
	for (int i = 0; i < 1000; i++)
		found = found && snapshot_find(&snapshot, arena_printf(&arena, "table t%d", i));
	check(found, "every fact is found");
	check(!snapshot_find(&snapshot, "table t1000"), "what is not there is not");
	snapshot_release(&snapshot);
}

int
main(void)
{
	test_lines();
	test_names();
	test_order();
	test_find();
	arena_release(&arena);
	return test_end();
}
