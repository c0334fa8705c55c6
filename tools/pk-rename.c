/* pk-rename: what directives in the files say is called otherwise now. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "catalog/reader.h"
#include "config/config.h"
#include "pg/quote.h"
#include "plan/fingerprint.h"
#include "plan/plan.h"
#include "plan/rename.h"
#include "sql/directive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *database;
static bool list, partial;

static const struct opt options[] = {
	{ OPT_STRING, 'd', "database", "DATABASE", "a scratch copy of the current state, in which they are renamed", &database },
	{ OPT_FLAG, 0, "partial", NULL, "DESIRED is a state on the way: directives that match nothing are passed over", &partial },
	{ OPT_FLAG, 'l', "list", NULL, "list the directives of the FILEs, which are all operands then", &list },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-rename",
	.summary = "writes the renames that directives in the files ask for, as a plan",
	.operands = "CURRENT DESIRED FILE|DIRECTORY...",
	.description =
		"In the files, a comment before a table, view, type, function, schema, sequence, index, policy, trigger or\n"
		"rule, or inside CREATE TABLE or CREATE TYPE before a column, constraint, attribute or label, says what it\n"
		"was called:\n\n"
		"  -- postkit:renamed from=old_name\n\n"
		"CURRENT and DESIRED are snapshots, DESIRED that of the files. What CURRENT still has under the old name, and\n"
		"not under the new one, is renamed in --database, since only the server knows what else changes by that; the\n"
		"state that it is in afterwards is what remains to be compared with DESIRED. The statements are written as a\n"
		"plan, for pk-diff --after.\n\n"
		"Without --database: nothing is renamed; exit status 1 when there is anything to rename.\n\n"
		"A directive that has been followed everywhere does no harm and can stay. One that matches nothing is an error.\n"
		"Before CREATE ROLE (also in a DO block) one says how the role was called: roles belong to the server, so that the\n"
		"statement to be run there is shown, until it has been.",
	.options = options, .least = 1, .most = 1 << 20,
};

struct wishes {
	struct wish *items;
	size_t count;
};

static const char *
quoted(struct arena *arena, const char *schema, const char *name)
{
	struct sbuf text = SBUF_INIT;
	const char *result;

	if (schema && *schema) {
		quote_identifier(&text, schema);
		sbuf_addc(&text, '.');
	}
	quote_identifier(&text, name);
	result = arena_string(arena, text.text);
	sbuf_release(&text);
	return result;
}

static void
read_wishes(const char *const *paths, size_t count, struct arena *arena, struct wishes *wishes)
{
	struct sources sources;
	struct directives directives = DIRECTIVES_INIT;

	sources_init(&sources, arena);
	for (size_t i = 0; i < count; i++)
		sources_add(&sources, paths[i], false);
	directives_find(&directives, &sources);
	for (size_t i = 0; i < directives.problem_count; i++)
		report(&(struct report){ .file = directives.problems[i].file, .line = directives.problems[i].line,
		                         .text = directives.problems[i].text, .hint = directives.problems[i].hint });
	if (directives.problem_count)
		exit(STATUS_USAGE);
	wishes->items = arena_array(arena, directives.count, sizeof *wishes->items);
	wishes->count = directives.count;
	for (size_t i = 0; i < directives.count; i++) {
		const struct directive *d = &directives.items[i];
		const char *schema = d->schema ? d->schema : d->settings->path[0];

		wishes->items[i] = (struct wish){
			.file = d->file, .line = d->line, .part = (enum wish_part)d->part, .words = d->words,
			.object = quoted(arena, schema, d->name), .from = d->from,
			.member = d->part == PART_MEMBER ? quoted(arena, NULL, d->member) : d->member,
		};
	}
	directives_release(&directives);
	sources_release(&sources);
}

static void
print(const struct wishes *wishes)
{
	for (size_t i = 0; i < wishes->count; i++) {
		const struct wish *w = &wishes->items[i];

		printf("%s %s%s%s from=%s\n", w->part == WISH_LABEL ? "VALUE" : w->words, w->object, w->member ? "." : "",
		       w->member ? w->member : "", w->from);
	}
}

static void
read_facts(PGconn *connection, struct catalog *catalog)
{
	*catalog = (struct catalog)CATALOG_INIT;
	catalog_read(connection, &(struct catalog_options){ .with_invalid = true }, catalog);
}

/* The object that the fact is a part of; NULL where it is none. */
static const char *
object_of(struct snapshot *state, const char *id)
{
	const struct fact *fact = snapshot_find(state, id), *parent = fact;

	while (parent && parent->in && !rule_of(parent->in)->holds)
		parent = snapshot_find(state, parent->in);
	return parent && parent != fact ? parent->id : NULL;
}

/* Whether programs name it: an object, a column or a label, but no index, constraint, policy … of a table. */
static bool
is_used(const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);

	return !fact->in || rule_of(fact->in)->holds || (rule->fold && rule->fold(fact) == FOLD_MUST);
}

static void
run(PGconn *connection, struct plan *plan, const struct rename *renames, size_t count, struct snapshot *state)
{
	for (size_t i = 0; i < count; i++) {
		struct step step = {
			.sql = renames[i].sql, .undo = renames[i].undo, .renames = renames[i].old_id,
			.lock = rule_of(renames[i].id)->lock, .changes_count = 1,
		};

		step.changes = arena_array(&plan->arena, 1, sizeof *step.changes);
		step.changes[0] = renames[i].id;
		step.on = step.lock ? step.changes[0] : NULL;
		if (is_used(snapshot_find(state, renames[i].old_id))) {
			step.hazards = arena_array(&plan->arena, 1, sizeof *step.hazards);
			step.hazards[step.hazard_count++] = "rename";
		}
		plan_add_renamed(plan, renames[i].id, object_of(state, renames[i].old_id),
		                 strcmp(renames[i].id, renames[i].old_id) != 0 ? renames[i].old_id : NULL);
		connection_execute(connection, step.sql);
		GROW(plan->steps, plan->count, plan->room);
		plan->steps[plan->count++] = step;
	}
}

/* Whether there is anything to rename; what matches nothing ends the program if there is not. */
static bool
any(const struct wishes *wishes, struct snapshot *current, struct snapshot *desired)
{
	struct renames renames = RENAMES_INIT;
	size_t found, wrong = 0;

	for (int phase = 0; phase < RENAME_FOLLOWERS; phase++)
		renames_find(&renames, phase, wishes->items, wishes->count, current, desired);
	found = renames.count;
	for (int phase = 0; phase < RENAME_FOLLOWERS && !found && !partial; phase++)
		wrong += renames_check(phase, wishes->items, wishes->count, current, desired);
	if (wrong)
		exit(STATUS_USAGE);
	renames_release(&renames);
	return found;
}

/* Renames in the database, until nothing is left of that phase. */
static void
rename_phase(PGconn *connection, struct plan *plan, struct renames *renames, enum rename_phase phase,
             const struct wishes *wishes, struct catalog *catalog, struct snapshot *desired)
{
	size_t before = renames->count;

	renames_find(renames, phase, wishes->items, wishes->count, &catalog->snapshot, desired);
	while (renames->count > before) {
		run(connection, plan, renames->items + before, renames->count - before, &catalog->snapshot);
		catalog_release(catalog);
		read_facts(connection, catalog);
		before = renames->count;
		renames_find(renames, phase, wishes->items, wishes->count, &catalog->snapshot, desired);
	}
}

static void
rename_all(struct plan *plan, struct renames *renames, const struct wishes *wishes, struct snapshot *desired)
{
	struct arena arena = ARENA_INIT;
	PGconn *connection = connection_open(config_database(&arena, database));
	struct catalog catalog;
	char found[SHA256_HEX];
	size_t wrong = 0;

	read_facts(connection, &catalog);
	snapshot_fingerprint(&catalog.snapshot, found);
	if (strcmp(found, plan->from) != 0)
		die(STATUS_NO, "the database is no copy of the current state");
	for (int phase = 0; phase < RENAME_PHASES; phase++) {
		rename_phase(connection, plan, renames, phase, wishes, &catalog, desired);
		if (!partial)
			wrong += renames_check(phase, wishes->items, wishes->count, &catalog.snapshot, desired);
	}
	if (wrong)
		exit(STATUS_USAGE);
	snapshot_fingerprint(&catalog.snapshot, plan->to);
	catalog_release(&catalog);
	PQfinish(connection);
	arena_release(&arena);
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	struct wishes wishes;
	struct plan plan = PLAN_INIT;
	struct renames renames = RENAMES_INIT;
	struct snapshot current = SNAPSHOT_INIT, desired = SNAPSHOT_INIT;

	if (list) {
		read_wishes(operands, count, &arena, &wishes);
		print(&wishes);
		output_close();
		return STATUS_DONE;
	}
	if (count < 3)
		die_hint(STATUS_USAGE, "see pk-rename --help", "missing operand: %s", usage.operands);
	snapshot_read(&current, operands[0], false);
	snapshot_read(&desired, operands[1], false);
	read_wishes(operands + 2, count - 2, &arena, &wishes);
	if (!partial && renames_check_roles(wishes.items, wishes.count, &current))
		exit(STATUS_USAGE);
	snapshot_fingerprint(&current, plan.from);
	strcpy(plan.to, plan.from);
	if (any(&wishes, &current, &desired)) {
		if (!database)
			return STATUS_NO;
		rename_all(&plan, &renames, &wishes, &desired);
	}
	if (database)
		plan_write(stdout, &plan);
	output_close();
	return STATUS_DONE;
}
