#include "world.h"

#include "base/die.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* splitmix64 */
uint64_t
mix(uint64_t a, uint64_t b)
{
	uint64_t z = a + 0x9e3779b97f4a7c15u * (b + 1);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static uint64_t
mix_text(uint64_t seed, const char *words)
{
	for (; *words; words++)
		seed = mix(seed, (unsigned char)*words);
	return seed;
}

/* ------------------------------------------------------------------- draws */

static struct label *
label_of(struct thing *thing, const char *name)
{
	struct label *label;

	for (size_t i = 0; i < thing->label_count; i++)
		if (!strcmp(thing->labels[i].name, name))
			return &thing->labels[i];
	GROW(thing->labels, thing->label_count, thing->label_room);
	label = &thing->labels[thing->label_count++];
	*label = (struct label){ .used = false };
	snprintf(label->name, sizeof label->name, "%s", name);
	return label;
}

static uint64_t
number(const struct thing *thing, const struct label *label)
{
	return mix(mix_text(thing->seed, label->name), label->edits);
}

unsigned
draw(struct world *world, const char *name, unsigned below)
{
	struct label *label = label_of(world->now, name);

	label->used = true;
	label->below = below;
	label->last = (unsigned)(number(world->now, label) % below);
	return label->last;
}

bool
chance(struct world *world, const char *name, unsigned percent)
{
	struct label *label = label_of(world->now, name);

	/* An edit shall turn it round. */
	label->used = true;
	label->below = 0;
	return (mix_text(world->now->seed, name) % 100 < percent) ^ (label->edits & 1);
}

const struct made *
choose(struct world *world, const char *name, unsigned kinds)
{
	struct label *label = label_of(world->now, name);
	const struct made *best = NULL;
	uint64_t highest = 0;

	label->used = true;
	label->below = 0;
	for (size_t i = 0; i < world->made_count; i++) {
		uint64_t rank = mix(number(world->now, label), world->made[i]->seed);

		if ((world->made[i]->kind & kinds) && rank >= highest) {
			highest = rank;
			best = world->made[i];
		}
	}
	return best;
}

const struct made_column *
choose_column(struct world *world, const char *name, const struct made *table, int class)
{
	struct label *label = label_of(world->now, name);
	const struct made_column *best = NULL;
	uint64_t highest = 0;

	label->used = true;
	label->below = 0;
	for (size_t i = 0; i < table->column_count; i++) {
		const struct made_column *column = &table->columns[i];
		uint64_t rank = mix_text(number(world->now, label), column->name) >> 1;

		if ((int)column->class == class)
			rank |= (uint64_t)1 << 63;
		if (rank >= highest) {
			highest = rank;
			best = column;
		}
	}
	return best;
}

/* -------------------------------------------------------------- statements */

bool
run(struct world *world, const char *format, ...)
{
	struct sbuf sql = SBUF_INIT;
	size_t length;
	va_list args;
	PGresult *result;
	bool taken;

	va_start(args, format);
	sbuf_vaddf(&sql, format, args);
	va_end(args);
	length = sql.length;
	sbuf_adds(&sql, ";release s;savepoint s");
	result = PQexec(world->connection, sql.text);
	taken = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
	if (taken) {
		world->taken++;
		sbuf_addf(&world->sql, "%.*s;\n", (int)length, sql.text);
	} else {
		world->refused++;
		if (world->talkative)
			fprintf(stderr, "%.*s\n    %s", (int)length, sql.text,
			        PQresultErrorMessage(result));
		if (PQtransactionStatus(world->connection) != PQTRANS_INERROR)
			die(STATUS_REFUSED, "%s", PQresultErrorMessage(result));
		PQclear(PQexec(world->connection, "rollback to s"));
	}
	PQclear(result);
	sbuf_release(&sql);
	return taken;
}

const char *
text(struct world *world, const char *format, ...)
{
	struct sbuf out = SBUF_INIT;
	va_list args;
	const char *copy;

	va_start(args, format);
	sbuf_vaddf(&out, format, args);
	va_end(args);
	copy = arena_copy(&world->arena, out.text, out.length);
	sbuf_release(&out);
	return copy;
}

const char *
draw_name(struct world *world)
{
	static const char *const names[] = { "alpha", "beta", "\"Gamma Delta\"", "epsilon", "\"select\"", "zeta",
		                             "\"a.b\"", "\"quo\"\"te\"", "eta", "\"ünï\"", "theta", "\"Iota\"",
		                             "kappa_with_a_name_that_is_as_long_as_a_name_may_be_in_here_0123", "l",
		                             "\"it's\"", "mu", "\"x y z\"", "nu", "xi", "pi" };
	const struct made *schema = choose(world, "schema", MADE_SCHEMA);
	const char *name = names[draw(world, "name", sizeof names / sizeof *names)];

	if (!chance(world, "shared name", 40))
		name = text(world, "n%u", (unsigned)(world->now->seed % 1000));
	return text(world, "%s.%s", schema ? schema->name : "public", name);
}

struct made *
remember(struct world *world, enum made_kind kind, const char *name, const char *words)
{
	struct made *made;

	GROW(world->made, world->made_count, world->made_room);
	made = world->made[world->made_count++] = arena_alloc(&world->arena, sizeof *made);
	*made = (struct made){ .kind = kind, .name = name, .words = words,
		               .seed = world->now->seed };
	return made;
}

/* ------------------------------------------------------------------ worlds */

static const struct {
	void (*build)(struct world *world);
	unsigned most; /* of the kind in a world */
	unsigned percent; /* of the worlds in which each of them is */
	bool early; /* before anything that is not */
	bool late;
} kinds[] = {
	{ build_schema, 2, 80, true, false },
	{ build_collation, 1, 30, true, false },
	{ build_enum, 2, 60, true, false },
	{ build_domain, 2, 50, true, false },
	{ build_composite, 2, 40, true, false },
	{ build_range, 1, 30, true, false },
	{ build_sequence, 2, 50, true, false },
	{ build_function, 2, 60, false, false },
	{ build_trigger_function, 1, 70, false, false },
	{ build_row_function, 2, 60, false, false },
	{ build_procedure, 1, 30, false, false },
	{ build_aggregate, 1, 25, false, false },
	{ build_operator, 1, 25, false, false },
	{ build_cast, 1, 20, false, false },
	{ build_table, 4, 75, false, false },
	{ build_partitioned, 1, 60, false, false },
	{ build_child, 2, 40, false, false },
	{ build_typed, 1, 30, false, false },
	{ build_server, 1, 30, true, false },
	{ build_foreign, 1, 60, false, false },
	{ build_view, 4, 60, false, false },
	{ build_matview, 2, 40, false, false },
	{ build_index, 5, 60, false, true },
	{ build_constraint, 4, 60, false, true },
	{ build_foreign_key, 3, 60, false, true },
	{ build_trigger, 2, 60, false, true },
	{ build_rule, 1, 40, false, true },
	{ build_policy, 2, 50, false, true },
	{ build_statistics, 1, 50, false, true },
	{ build_text_search, 1, 20, false, true },
	{ build_publication, 1, 40, false, true },
	{ build_event_trigger, 1, 15, false, true },
	{ build_comment, 4, 60, false, true },
	{ build_owner, 3, 50, false, true },
	{ build_privilege, 4, 50, false, true },
	{ build_default_privilege, 1, 40, false, true },
};

static int
compare_order(const void *a, const void *b)
{
	uint64_t x = mix(((const struct thing *)a)->seed, 7), y = mix(((const struct thing *)b)->seed, 7);

	return x < y ? -1 : x > y;
}

void
world_make(struct world *world, PGconn *connection, uint64_t seed)
{
	*world = (struct world){ .connection = connection, .sql = SBUF_INIT, .arena = ARENA_INIT,
		                 .version = PQserverVersion(connection) / 10000 };
	for (int stage = 0; stage < 3; stage++) {
		size_t first = world->thing_count;

		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			for (unsigned i = 0; i < kinds[k].most; i++) {
				uint64_t own = mix(seed, k * 16 + i);

				if ((kinds[k].early ? 0 : kinds[k].late ? 2 : 1) != stage || own % 100 >= kinds[k].percent)
					continue;
				GROW(world->things, world->thing_count, world->thing_room);
				world->things[world->thing_count++] =
					(struct thing){ .build = kinds[k].build, .seed = mix(own, 1) };
			}
		/* What is neither early nor late refers to each other in any direction. */
		if (stage == 1)
			qsort(world->things + first, world->thing_count - first, sizeof *world->things,
			      compare_order);
	}
}

static void
forget(struct world *world)
{
	world->made_count = 0;
	arena_release(&world->arena);
	sbuf_reset(&world->sql);
}

void
world_release(struct world *world)
{
	forget(world);
	for (size_t i = 0; i < world->thing_count; i++)
		free(world->things[i].labels);
	free(world->things);
	free(world->made);
	sbuf_release(&world->sql);
}

void
world_build(struct world *world)
{
	forget(world);
	PQclear(PQexec(world->connection, "savepoint s"));
	for (size_t i = 0; i < world->thing_count; i++) {
		world->now = &world->things[i];
		for (size_t k = 0; k < world->now->label_count; k++)
			world->now->labels[k].used = false;
		if (chance(world, "exists", 85))
			world->now->build(world);
	}
}

void
world_edit(struct world *world, uint64_t random)
{
	for (;;) {
		struct thing *thing = &world->things[mix(random, 1) % world->thing_count];
		struct label *label = &thing->labels[mix(random, 2) % thing->label_count];

		random = mix(random, 3);
		if (!label->used)
			continue;
		label->edits++;
		while (label->below > 1 && number(thing, label) % label->below == label->last)
			label->edits++;
		return;
	}
}
