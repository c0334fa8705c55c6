/* Schemas, types and what tables need besides. */
#include "world.h"

#include "base/sbuf.h"

#include <string.h>

void
build_schema(struct world *world)
{
	static const char *const names[] = { "one", "\"Two\"", "three" };
	const char *name = names[draw(world, "name", 3)];

	if (run(world, "create schema %s", name))
		remember(world, MADE_SCHEMA, name, "schema")->owned = "schema";
}

static struct made *
remember_type(struct world *world, const char *name, const char *words, const char *value)
{
	struct made *made = remember(world, MADE_TYPE, name, words);

	made->owned = words;
	made->grant = strcmp(words, "domain") != 0 ? "usage" : NULL;
	made->class = CLASS_OTHER;
	made->value = value;
	return made;
}

void
build_enum(struct world *world)
{
	static const char *const values[] = { "a", "B b", "it''s", "d", "e", "f", "g" };
	const char *name = draw_name(world);
	struct sbuf list = SBUF_INIT;
	unsigned first = draw(world, "first", 7);

	for (unsigned i = 0; i < 7; i++) {
		char label[16] = "value0";

		label[5] = (char)('0' + i);
		if (chance(world, label, 60))
			sbuf_addf(&list, "%s'%s'", list.length ? ", " : "", values[(i + first) % 7]);
	}
	if (run(world, "create type %s as enum (%s)", name, list.text))
		remember_type(world, name, "type", NULL);
	sbuf_release(&list);
}

void
build_domain(struct world *world)
{
	static const char *const bases[] = { "integer", "text", "bigint", "character varying(30)" };
	static const enum class classes[] = { CLASS_NUMBER, CLASS_TEXT, CLASS_NUMBER, CLASS_TEXT };
	const char *name = draw_name(world);
	unsigned base = draw(world, "base", 4);
	bool number = classes[base] == CLASS_NUMBER;
	struct sbuf sql = SBUF_INIT;
	struct made *made;

	sbuf_addf(&sql, "create domain %s as %s", name, bases[base]);
	if (chance(world, "default", 30))
		sbuf_addf(&sql, " default %s", number ? "7" : "'seven'");
	if (chance(world, "not null", 15))
		sbuf_adds(&sql, " not null");
	if (chance(world, "check", 60))
		sbuf_addf(&sql, " constraint %s check (%s %u)", draw(world, "check name", 2) ? "low" : "\"High\"",
		          number ? "value < " : "length(value) < ", 100 + draw(world, "limit", 3));
	if (chance(world, "second check", 30))
		sbuf_addf(&sql, " constraint other check (%s)", number ? "value > -100" : "value <> 'no'");
	if (run(world, "%s", sql.text)) {
		made = remember_type(world, name, "domain", number ? "g" : "'d' || g");
		made->class = classes[base];
	}
	sbuf_release(&sql);
}

void
build_composite(struct world *world)
{
	/* Only what turns into each other by itself: there is no USING for the attributes of typed tables. */
	static const char *const types[] = { "integer", "bigint", "numeric(8,2)", "smallint", "numeric" };
	static const char *const names[] = { "x", "y", "\"Z z\"", "w" };
	const char *name = text(world, "public.composite_%u", (unsigned)(world->now->seed % 1000));
	struct sbuf list = SBUF_INIT;
	struct made_column columns[4];
	size_t count = 0;

	for (unsigned i = 0; i < 4; i++) {
		char in[] = "a0.in", of[] = "a0.type";
		const char *type;

		in[1] = of[1] = (char)('0' + i);
		if (!chance(world, in, 60))
			continue;
		type = types[draw(world, of, 5)];
		sbuf_addf(&list, "%s%s %s", count ? ", " : "", names[i], type);
		columns[count++] = (struct made_column){ .name = names[i], .type = type, .class = CLASS_OTHER };
	}
	if (run(world, "create type %s as (%s)", name, list.text)) {
		struct made *made = remember_type(world, name, "type", NULL);

		made->kind |= MADE_COMPOSITE;
		memcpy(made->columns, columns, count * sizeof *columns);
		made->column_count = count;
	}
	sbuf_release(&list);
}

void
build_range(struct world *world)
{
	static const char *const types[] = { "integer", "numeric", "text" };
	const char *name = draw_name(world);

	if (run(world, "create type %s as range (subtype = %s%s)", name, types[draw(world, "type", 3)],
	        chance(world, "collation", 20) ? ", collation = pg_catalog.\"C\"" : ""))
		remember_type(world, name, "type", NULL);
}

void
build_collation(struct world *world)
{
	static const char *const locales[] = { "lc_collate = 'C', lc_ctype = 'C'", "locale = 'POSIX'",
		                               "provider = icu, locale = 'de'" };
	const char *name = draw_name(world);

	if (run(world, "create collation %s (%s)", name, locales[draw(world, "locale", 3)]))
		remember(world, MADE_COLLATION, name, "collation")->owned = "collation";
}

void
build_sequence(struct world *world)
{
	static const char *const types[] = { "", " as integer", " as smallint" };
	static const char *const increments[] = { "", " increment by 5", " increment by -1" };
	const char *name = draw_name(world);
	struct made *made;

	if (!run(world, "create %ssequence %s%s%s%s%s%s",
	         world->version >= 15 && chance(world, "unlogged", 10) ? "unlogged " : "", name,
	         types[draw(world, "type", 3)], increments[draw(world, "increment", 3)],
	         chance(world, "start", 20) ? " start with 10" : "", chance(world, "cycle", 20) ? " cycle" : "",
	         chance(world, "cache", 20) ? " cache 20" : chance(world, "maximum", 20) ? " maxvalue 1000" : ""))
		return;
	made = remember(world, MADE_SEQUENCE, name, "sequence");
	made->owned = "sequence";
	made->grant = "usage, select";
}

void
build_text_search(struct world *world)
{
	const char *name = draw_name(world);
	static const char *const options[] = { "", ", language = english", ", stopwords = english" };
	unsigned option = draw(world, "options", 3);
	const char *parts = draw(world, "parts", 2) ? "asciiword" : "word, asciiword, hword";

	if (!run(world, "create text search dictionary %s (template = pg_catalog.%s%s)", name,
	         option == 1 ? "snowball" : "simple", options[option]))
		return;
	remember(world, MADE_OTHER, name, "text search dictionary")->owned = "text search dictionary";
	if (!run(world, "create text search configuration %s (parser = pg_catalog.\"default\")", name))
		return;
	remember(world, MADE_OTHER, name, "text search configuration")->owned = "text search configuration";
	run(world, "alter text search configuration %s add mapping for %s with %s, pg_catalog.simple", name, parts, name);
}

void
build_server(struct world *world)
{
	static const char *const names[] = { "far", "\"Far away\"" };
	const char *name = names[draw(world, "name", 2)];
	struct made *made;

	if (run(world, "create foreign data wrapper wrap%s", chance(world, "wrapper options", 20) ? " options (debug 'true')" : ""))
		remember(world, MADE_OTHER, "wrap", "foreign data wrapper")->owned = "foreign data wrapper";
	if (!run(world, "create server %s%s foreign data wrapper wrap%s", name,
	         chance(world, "version", 30) ? " version '1'" : chance(world, "type", 30) ? " type 'x'" : "",
	         chance(world, "options", 50) ? draw(world, "host", 2) ? " options (host 'b')" : " options (host 'a', \"Port\" '1')" : ""))
		return;
	made = remember(world, MADE_SERVER, name, "server");
	made->owned = "server";
	if (chance(world, "mapping", 50))
		run(world, "create user mapping for %s server %s%s", draw(world, "for", 2) ? "public" : "postkit_plan_a", name,
		    chance(world, "mapping options", 50) ? " options (\"user\" 'x')" : "");
}
