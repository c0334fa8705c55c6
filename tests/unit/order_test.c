/* graph/: the order of creation, and how loops are broken. */
#include "test.h"
#include "graph/order.h"

#include <stdlib.h>
#include <string.h>

/* The ids in order, with commas between; lines are facts, sorted here. */
static const char *
order(const char *const *lines)
{
	static struct sbuf out;
	struct snapshot snapshot = SNAPSHOT_INIT;
	struct fact **ordered;
	size_t count, column;
	const char *error = "";

	if (!out.text)
		out = (struct sbuf)SBUF_INIT;
	sbuf_reset(&out);
	for (; *lines; lines++) {
		struct fact *fact = fact_read(&snapshot.arena, *lines, strlen(*lines), &error, &column);

		if (!fact)
			return error;
		snapshot_add(&snapshot, fact);
	}
	snapshot_sort(&snapshot);
	ordered = order_facts(&snapshot, &count);
	for (size_t i = 0; i < count; i++)
		sbuf_addf(&out, "%s%s%s", i ? ", " : "", fact_has(ordered[i], "shell") ? "shell of " : "",
		          ordered[i]->id);
	free(ordered);
	snapshot_release(&snapshot);
	return out.text;
}

#define ORDER(...) order((const char *const[]){ __VA_ARGS__, NULL })

#define SCHEMA "{\"id\":\"schema s\"}"
#define TABLE(name) "{\"id\":\"table s." name "\",\"in\":\"schema s\"}"
#define COLUMN(table, name) \
	"{\"id\":\"column s." table "." name "\",\"in\":\"table s." table "\",\"position\":1,\"type\":\"integer\"}"
#define KEY(table) \
	"{\"id\":\"constraint s." table ".pk\",\"in\":\"table s." table \
	"\",\"definition\":\"PRIMARY KEY (a)\",\"type\":\"p\"}"
#define FOREIGN_KEY(table, other) \
	"{\"id\":\"constraint s." table ".fk\",\"in\":\"table s." table "\",\"needs\":[\"constraint s." other \
	".pk\"],\"definition\":\"FOREIGN KEY (a) REFERENCES s." other "(a)\",\"type\":\"f\"}"
#define VIEW(name, need) \
	"{\"id\":\"view s." name "\",\"in\":\"schema s\",\"needs\":[\"" need "\"],\"definition\":\"SELECT 1\"}"

int
main(void)
{
	check_text(ORDER(SCHEMA, TABLE("b"), COLUMN("b", "x"), TABLE("a"), COLUMN("a", "x")), "schema s, table s.a, column s.a.x, table s.b, column s.b.x", "by kind and name");
	check_text(ORDER(SCHEMA, TABLE("a"), FOREIGN_KEY("a", "b"), TABLE("b"), KEY("b"), TABLE("c")), "schema s, table s.b, constraint s.b.pk, table s.a, constraint s.a.fk, table s.c", "moved as far as needs ask");
	check_text(ORDER(SCHEMA, TABLE("a"), KEY("a"), FOREIGN_KEY("a", "b"), TABLE("b"), KEY("b"),
	                FOREIGN_KEY("b", "a")), "schema s, table s.a, constraint s.a.pk, table s.b, constraint s.b.fk, constraint s.b.pk, constraint s.a.fk", "a loop of two foreign keys: one comes later");
	check_text(ORDER(SCHEMA, TABLE("a"), KEY("a"), FOREIGN_KEY("a", "a")), "schema s, table s.a, constraint s.a.fk, constraint s.a.pk", "a foreign key to itself stays inside");
	check_text(ORDER(SCHEMA, TABLE("a"), COLUMN("a", "x"), TABLE("b"),
	                "{\"id\":\"comment on table s.a\",\"in\":\"table s.a\",\"text\":\"x\"}",
	                "{\"id\":\"comment on column s.a.x\",\"in\":\"column s.a.x\",\"text\":\"x\"}"), "schema s, table s.a, column s.a.x, comment on table s.a, comment on column s.a.x, table s.b", "what is said of something comes behind it");
	check_text(ORDER(SCHEMA, VIEW("a", "view s.b"), VIEW("b", "view s.a")), "schema s, shell of view s.a, view s.b, view s.a", "views over each other: a shell first");
	check_text(ORDER(SCHEMA, TABLE("a"), COLUMN("a", "x"),
	                "{\"id\":\"default s.a.x\",\"in\":\"column s.a.x\",\"needs\":[\"function s.f(s.a)\"],\"expression\":\"s.f(NULL)\"}",
	                "{\"id\":\"function s.f(s.a)\",\"in\":\"schema s\",\"needs\":[\"table s.a\"]}"), "schema s, table s.a, column s.a.x, function s.f(s.a), default s.a.x", "a default that calls a function of the table's type comes later");
	return test_end();
}
