/*
 * generate - made-up states and edits of them, planned, applied and compared
 *
 * A walk begins with an empty database. Each round edits the state, builds the new one in another database
 * (in a transaction that is rolled back), plans the way there, applies that to the live database, and wants the
 * result to be the new state: a second plan is empty. Some rounds go back again. Online and offline take turns; every third
 * walk has rows, which must survive unless a step says that it loses data.
 *
 * SEED=1 ROUNDS=500 (of all walks together), V=1 says what the server refused to make. What fails is
 * named by the seed of its walk, and stays in .postkit/build/generate/ as old.sql, new.sql and plan.sql; the
 * walk is repeated by SEED=that ROUNDS=10.
 */
#include "rows.h"
#include "world.h"

#include "base/die.h"
#include "catalog/reader.h"
#include "plan/run.h"
#include "plan/render.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WALK = 10 /* rounds */ };

struct state {
	struct catalog catalog;
	char *sql; /* that builds it */
};

struct walk {
	PGconn *live, *shadow;
	struct world world;
	struct state now; /* of the live database */
	uint64_t seed;
	unsigned round;
	bool rows;
};

static unsigned failures, plans, resumed;
static size_t taken, refused;

static unsigned long
setting(const char *name, unsigned long usual)
{
	const char *value = getenv(name);

	return value && *value ? strtoul(value, NULL, 10) : usual;
}

static void
ignore_notice(void *context, const PGresult *result)
{
	(void)context;
	(void)result;
}

static PGconn *
open_database(const char *name)
{
	char *conninfo = conninfo_with_database(getenv("POSTKIT_SERVER_URL"), name);
	PGconn *connection = connection_open(conninfo);

	PQsetNoticeReceiver(connection, ignore_notice, NULL);
	free(conninfo);
	return connection;
}

static void
state_release(struct state *state)
{
	catalog_release(&state->catalog);
	free(state->sql);
	*state = (struct state){ .catalog = CATALOG_INIT };
}

static void
read_state(PGconn *connection, struct catalog *catalog)
{
	*catalog = (struct catalog)CATALOG_INIT;
	catalog_read(connection, &(struct catalog_options){ .with_invalid = true }, catalog);
}

/* ---------------------------------------------------------------- failures */

/* The file of that name of this round; NULL when there is no place for it. */
static FILE *
keep(const struct walk *walk, const char *name)
{
	const char *tree = getenv("POSTKIT");
	struct sbuf path = SBUF_INIT;
	FILE *file;

	sbuf_addf(&path, "%s/.postkit/build/generate", tree ? tree : ".");
	mkdir(path.text, 0777);
	sbuf_addf(&path, "/%" PRIu64 "-%u", walk->seed, walk->round);
	mkdir(path.text, 0777);
	sbuf_addf(&path, "/%s", name);
	file = fopen(path.text, "w");
	sbuf_release(&path);
	return file;
}

static void
keep_text(const struct walk *walk, const char *name, const char *text)
{
	FILE *file = keep(walk, name);

	if (file) {
		fputs(text ? text : "", file);
		fclose(file);
	}
}

static void
fail(const struct walk *walk, struct plan *plan, const char *what, const char *detail)
{
	FILE *file = keep(walk, "plan.sql");

	printf("not ok - SEED=%" PRIu64 " round %u: %s\n    %s\n", walk->seed, walk->round, what, detail ? detail : "");
	if (file) {
		plan_render_sql(file, plan);
		fprintf(file, "\n-- %s: %s\n", what, detail);
		fclose(file);
	}
	fflush(stdout);
	failures++;
}

struct way {
	const struct walk *walk;
	const struct state *to;
};

/* Planning ended the program: what it was about stays. */
static void
say_where(void *what)
{
	const struct way *way = what;

	keep_text(way->walk, "old.sql", way->walk->now.sql);
	keep_text(way->walk, "new.sql", way->to->sql);
	printf("not ok - SEED=%" PRIu64 " round %u: no plan\n", way->walk->seed, way->walk->round);
	fflush(stdout);
}

/* ------------------------------------------------------------------ rounds */

static bool
is_data_error(const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	return state && (!strncmp(state, "23", 2) || !strncmp(state, "22", 2));
}

static bool
apply(struct walk *walk, struct snapshot *from, const struct state *to, bool online, bool again);

/* Rows that the new state does not allow: without them it goes on from where it stopped. */
static bool
resume(struct walk *walk, const struct state *to, bool online)
{
	struct catalog halfway;
	bool done;

	PQclear(PQexec(walk->live, "rollback"));
	read_state(walk->live, &halfway);
	rows_remove(walk->live, &halfway.snapshot);
	resumed++;
	done = apply(walk, &halfway.snapshot, to, online, true);
	catalog_release(&halfway);
	return done;
}

/* Leads the live database from one state to the other. */
static bool
apply(struct walk *walk, struct snapshot *from, const struct state *to, bool online, bool again)
{
	struct plan plan = PLAN_INIT, rest = PLAN_INIT;
	struct snapshot *wanted = (struct snapshot *)&to->catalog.snapshot;
	struct way way = { walk, to };
	struct rows rows = { NULL, 0, 0 };
	struct catalog reached;
	PGresult *failure;
	const char *lost;
	size_t at;
	bool done = false;

	plans++;
	on_death(say_where, &way);
	plan_make(&plan, from, wanted, &(struct plan_options){ .online = online });
	off_death(&way);
	if (walk->rows && !again)
		rows_note(&rows, walk->live, from, wanted);
	failure = plan_try_run(walk->live, &plan, &at);
	if (failure) {
		if (walk->rows && !again && is_data_error(failure))
			done = resume(walk, to, online);
		else
			fail(walk, &plan, online ? "online: the server refuses" : "offline: the server refuses",
			     PQresultErrorMessage(failure));
		PQclear(failure);
	} else {
		read_state(walk->live, &reached);
		on_death(say_where, &way);
		plan_make(&rest, &reached.snapshot, wanted, &(struct plan_options){ .online = false });
		off_death(&way);
		lost = rows_lost(&rows, walk->live, &plan);
		if (rest.count)
			fail(walk, &plan, online ? "online: another state is reached; still wanted" :
			     "offline: another state is reached; still wanted", rest.steps[0].sql);
		else if (lost)
			fail(walk, &plan, online ? "online: rows are lost" : "offline: rows are lost", lost);
		else
			done = true;
		catalog_release(&reached);
	}
	if (!done) {
		keep_text(walk, "old.sql", walk->now.sql);
		keep_text(walk, "new.sql", to->sql);
	}
	rows_release(&rows);
	plan_release(&plan);
	plan_release(&rest);
	return done;
}

/* The world as it is now, built in the shadow. */
static void
build(struct walk *walk, struct state *state)
{
	connection_execute(walk->shadow, "begin isolation level repeatable read");
	world_build(&walk->world);
	read_state(walk->shadow, &state->catalog);
	connection_execute(walk->shadow, "rollback");
	state->sql = strcpy(memory_resize(NULL, walk->world.sql.length + 1), walk->world.sql.text);
}

static bool
walk_round(struct walk *walk)
{
	uint64_t random = mix(walk->seed, 1000 + walk->round);
	struct state next = { .catalog = CATALOG_INIT };
	bool online = random % 2, done;

	if (walk->round) {
		if (walk->rows)
			rows_fill(walk->live, &walk->world);
		for (uint64_t edits = 1 + mix(random, 0) % (mix(random, 1) % 3 ? 4 : 20); edits; edits--)
			world_edit(&walk->world, mix(random, edits + 2));
	}
	build(walk, &next);
	done = apply(walk, &walk->now.catalog.snapshot, &next, online, false);
	if (done && mix(random, 2) % 3 == 0) {
		struct state before = walk->now;

		walk->now = next;
		done = apply(walk, &next.catalog.snapshot, &before, !online, false) &&
		       apply(walk, &before.catalog.snapshot, &next, !online, false);
		next = before;
	} else if (done) {
		struct state before = walk->now;

		walk->now = next;
		next = before;
	}
	state_release(&next);
	return done;
}

static unsigned
walk_all(PGconn *shadow, PGconn *any, uint64_t seed, unsigned rounds)
{
	struct walk walk = { .shadow = shadow, .seed = seed, .now.catalog = CATALOG_INIT, .rows = seed % 3 == 0 };
	struct sbuf name = SBUF_INIT, sql = SBUF_INIT;

	sbuf_addf(&name, "generate_live_%ld", (long)getpid());
	sbuf_addf(&sql, "create database %s template template0", name.text);
	connection_execute(any, sql.text);
	walk.live = open_database(name.text);
	read_state(walk.live, &walk.now.catalog);
	world_make(&walk.world, shadow, seed);
	walk.world.talkative = setting("V", 0);
	while (walk.round < rounds && walk_round(&walk))
		walk.round++;
	taken += walk.world.taken;
	refused += walk.world.refused;
	state_release(&walk.now);
	world_release(&walk.world);
	PQfinish(walk.live);
	sbuf_reset(&sql);
	sbuf_addf(&sql, "drop database %s", name.text);
	connection_execute(any, sql.text);
	sbuf_release(&name);
	sbuf_release(&sql);
	return walk.round < rounds ? walk.round + 1 : rounds;
}

int
main(void)
{
	unsigned long rounds = setting("ROUNDS", 500), seed = setting("SEED", 1), done = 0;
	struct sbuf name = SBUF_INIT, sql = SBUF_INIT;
	PGconn *any, *shadow;

	if (!getenv("POSTKIT_SERVER_URL"))
		die(STATUS_USAGE, "POSTKIT_SERVER_URL is to name a server (make test-one T=generate)");
	report_program("generate");
	any = open_database("postgres");
	connection_execute(any, "do $$ begin"
	                        " if not exists (select from pg_roles where rolname = 'postkit_plan_a') then create role postkit_plan_a; end if;"
	                        " if not exists (select from pg_roles where rolname = 'postkit_plan_b') then create role postkit_plan_b; end if;"
	                        " end $$");
	sbuf_addf(&name, "generate_shadow_%ld", (long)getpid());
	sbuf_addf(&sql, "create database %s template template0", name.text);
	connection_execute(any, sql.text);
	shadow = open_database(name.text);
	for (; done < rounds; seed++)
		done += walk_all(shadow, any, seed, rounds - done < WALK ? (unsigned)(rounds - done) : WALK);
	PQfinish(shadow);
	sbuf_reset(&sql);
	sbuf_addf(&sql, "drop database %s", name.text);
	connection_execute(any, sql.text);
	PQfinish(any);
	sbuf_release(&name);
	sbuf_release(&sql);
	printf("%s - %lu rounds: %u plans, %u of them after rows were in the way; %zu statements, %zu left out\n",
	       failures ? "not ok" : "ok", done, plans, resumed, taken, refused);
	return failures > 0;
}
