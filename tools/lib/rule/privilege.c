/*
 * Privileges, on objects and those that objects get when they are created.
 *
 * A fact holds what the grantee has of one grantor (`privileges`) and what it
 * would have without any GRANT or REVOKE (`default`), "SELECT*" for SELECT WITH
 * GRANT OPTION. To create it is to go from the one to the other, to drop it is
 * the way back. That follows buildACLCommands in PostgreSQL's dumputils.c.
 */
#include "rule/changes.h"
#include "rule/rules.h"

#include "base/die.h"

#include <string.h>

/* Where and to whom something is granted, as SQL writes it. */
struct grant {
	struct sbuf prefix;  /* ALTER DEFAULT PRIVILEGES … or nothing */
	struct sbuf object;  /* TABLE public.t */
	struct sbuf column;  /* nothing: the whole */
	struct sbuf grantee;
	struct sbuf grantor; /* nothing: the owner */
};

#define GRANT_INIT { SBUF_INIT, SBUF_INIT, SBUF_INIT, SBUF_INIT, SBUF_INIT }

static void
grant_release(struct grant *grant)
{
	sbuf_release(&grant->prefix);
	sbuf_release(&grant->object);
	sbuf_release(&grant->column);
	sbuf_release(&grant->grantee);
	sbuf_release(&grant->grantor);
}

/* --------------------------------------------------------------- statements */

struct list {
	const char **items;
	size_t count;
};

enum held { HELD_NOT, HELD, HELD_WITH_OPTION };

static bool
same_privilege(const char *a, const char *b)
{
	size_t length = strcspn(a, "*");

	return length == strcspn(b, "*") && !strncmp(a, b, length);
}

static enum held
held(struct list list, const char *privilege)
{
	for (size_t i = 0; i < list.count; i++)
		if (same_privilege(list.items[i], privilege))
			return strchr(list.items[i], '*') ? HELD_WITH_OPTION : HELD;
	return HELD_NOT;
}

/* The order in which people write them; others come last. */
static const char *const usual[] = {
	"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN", "USAGE", "CREATE",
};

enum { USUAL_COUNT = sizeof usual / sizeof *usual };

/* The next item that belongs at `*place`; NULL at the end of the last place. */
static const char *
next_usual(struct list list, size_t *place, size_t *at)
{
	for (; *place <= USUAL_COUNT; ++*place, *at = 0)
		while (*at < list.count) {
			const char *item = list.items[(*at)++];
			size_t own = 0;

			while (own < USUAL_COUNT && !same_privilege(item, usual[own]))
				own++;
			if (own == *place)
				return item;
		}
	return NULL;
}

static void
put(struct sbuf *out, const struct grant *grant, const char *privilege)
{
	sbuf_addf(out, "%s%.*s", out->length ? ", " : "", (int)strcspn(privilege, "*"), privilege);
	if (grant->column.length)
		sbuf_addf(out, " (%s)", grant->column.text);
}

/* How many privileges there are on tables: on servers from 17 on, and on older ones, which do not know MAINTAIN. */
enum { ON_TABLES = 8, ON_TABLES_BEFORE = 7 };

/* ALL, where that is what the list says: so that a server of another version understands it. */
static void
all_of_table(struct sbuf *list, size_t count, size_t least)
{
	if (count < least || !strstr(list->text, "TRUNCATE"))
		return;
	sbuf_reset(list);
	sbuf_adds(list, "ALL");
}

static void
revoke(struct script *script, const struct grant *grant, struct list from, struct list to)
{
	struct sbuf whole = SBUF_INIT, option = SBUF_INIT;
	const char *item;
	size_t count = 0;

	for (size_t place = 0, at = 0; (item = next_usual(from, &place, &at));) {
		enum held before = held(from, item), after = held(to, item);

		if (after == HELD_NOT)
			put(&whole, grant, item);
		else if (after < before)
			put(&option, grant, item);
		count += after == HELD_NOT;
	}
	if (!to.count)
		all_of_table(&whole, count, ON_TABLES_BEFORE);
	if (whole.length)
		script_add(script, "%sREVOKE %s ON %s FROM %s", grant->prefix.text, whole.text,
		           grant->object.text, grant->grantee.text);
	if (option.length)
		script_add(script, "%sREVOKE GRANT OPTION FOR %s ON %s FROM %s", grant->prefix.text,
		           option.text, grant->object.text, grant->grantee.text);
	sbuf_release(&whole);
	sbuf_release(&option);
}

static void
give(struct script *script, const struct grant *grant, struct list from, struct list to)
{
	struct sbuf plain = SBUF_INIT, option = SBUF_INIT;
	size_t plain_count = 0, option_count = 0;
	const char *item;

	for (size_t place = 0, at = 0; (item = next_usual(to, &place, &at));) {
		enum held before = held(from, item), after = held(to, item);

		if (after <= before)
			continue;
		put(after == HELD_WITH_OPTION ? &option : &plain, grant, item);
		++*(after == HELD_WITH_OPTION ? &option_count : &plain_count);
	}
	all_of_table(&plain, plain_count, ON_TABLES);
	all_of_table(&option, option_count, ON_TABLES);
	if (plain.length)
		script_add(script, "%sGRANT %s ON %s TO %s", grant->prefix.text, plain.text,
		           grant->object.text, grant->grantee.text);
	if (option.length)
		script_add(script, "%sGRANT %s ON %s TO %s WITH GRANT OPTION", grant->prefix.text, option.text,
		           grant->object.text, grant->grantee.text);
	sbuf_release(&plain);
	sbuf_release(&option);
}

/* The grantor is whoever runs the statement: one who is not the owner has to be put on. */
static void
change(struct script *script, const struct grant *grant, struct list from, struct list to)
{
	if (grant->grantor.length)
		script_add(script, "SET ROLE %s", grant->grantor.text);
	revoke(script, grant, from, to);
	give(script, grant, from, to);
	if (grant->grantor.length)
		script_add(script, "RESET ROLE");
}

static struct list
list_of(const struct fact *fact, const char *key)
{
	struct list list;

	list.items = fact_list(fact, key, &list.count);
	return list;
}

/* ----------------------------------------------------------------- of objects */

/* What GRANT calls the kinds that it does not call as COMMENT ON does. */
static const char *const words[][2] = {
	{ "view", "TABLE" },      { "materialized_view", "TABLE" }, { "foreign_table", "TABLE" },
	{ "aggregate", "FUNCTION" }, { "domain", "TYPE" },          { "language", "LANGUAGE" },
	{ "server", "FOREIGN SERVER" },
};

static const char *
grant_words(const char *id)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (id_is(id, words[i][0]))
			return words[i][1];
	return rule_of(id)->words;
}

static void
object_of_grant(struct grant *grant, const char *id)
{
	const char *name = id_name(id), *star = strstr(name, "(*)");

	if (id_is(id, "column")) {
		size_t length;

		name = parent_name(id, &length);
		sbuf_addf(&grant->object, "TABLE %.*s", (int)length, name);
		sbuf_adds(&grant->column, name_last_part(name));
	} else {
		sbuf_addf(&grant->object, "%s %s", grant_words(id), name);
		/* To GRANT an aggregate is a function, which has no * for arguments. */
		if (id_is(id, "aggregate") && star && !star[3]) {
			sbuf_cut(&grant->object, grant->object.length - 3);
			sbuf_adds(&grant->object, "()");
		}
	}
}

static const char about[] = "privilege on ";

/* "privilege on OBJECT to GRANTEE [by GRANTOR]" */
static void
grant_of(struct grant *grant, const struct fact *fact)
{
	const char *id = fact->id + sizeof about - 1;
	const char *to = id_word(id, "to"), *by;
	struct sbuf object = SBUF_INIT;

	if (strncmp(fact->id, about, sizeof about - 1) != 0 || !to)
		die(STATUS_USAGE, "not the id of a privilege: \"%s\"", fact->id);
	sbuf_add(&object, id, (size_t)(to - id));
	object_of_grant(grant, object.text);
	sbuf_release(&object);
	to += strlen(" to ");
	by = id_word(to, "by");
	grantee_write(&grant->grantee, to, by ? (size_t)(by - to) : strlen(to));
	if (by)
		sbuf_adds(&grant->grantor, by + strlen(" by "));
}

static void
privilege_create(struct script *script, const struct unit *unit)
{
	struct grant grant = GRANT_INIT;

	grant_of(&grant, unit->fact);
	change(script, &grant, list_of(unit->fact, "default"), list_of(unit->fact, "privileges"));
	grant_release(&grant);
}

static void
privilege_drop(struct script *script, const struct fact *fact)
{
	struct grant grant = GRANT_INIT;

	grant_of(&grant, fact);
	change(script, &grant, list_of(fact, "privileges"), list_of(fact, "default"));
	grant_release(&grant);
}

/* From what the grantee has to what it shall have. */
static bool
privilege_alter(const struct alter *alter)
{
	struct grant grant = GRANT_INIT;

	grant_of(&grant, alter->new);
	change(alter->script, &grant, list_of(alter->old, "privileges"), list_of(alter->new, "privileges"));
	grant_release(&grant);
	return true;
}

const struct change privilege_changes[] = {
	{ "privileges", 0, privilege_alter },
	{ "default", 0, privilege_alter },
	{ 0 },
};

/* To revoke something on a table is to revoke it on each of its columns. Another owner takes the place of the former
 * one in all privileges (aclnewowner of the server). */
static size_t
privilege_undone_by(struct snapshot *state, const struct fact *fact, struct arena *arena, const char **ids, size_t room)
{
	const char *object = fact->id + sizeof about - 1, *to = id_word(object, "to");
	const struct fact *column = fact->in && id_is(fact->in, "column") ? snapshot_find(state, fact->in) : NULL;
	const char *whole = column ? column->in : fact->in; /* a system column is in its table */
	size_t count = 0;

	if (to && whole && id_is(object, "column") && count < room)
		ids[count++] = arena_printf(arena, "%s%s%s", about, whole, to);
	if (whole && count < room)
		ids[count++] = arena_printf(arena, "owner of %s", whole);
	return count;
}

static bool
privilege_undoes(const struct fact *old, const struct fact *new)
{
	struct list before = old ? list_of(old, "privileges") : list_of(new, "default");
	struct list after = new ? list_of(new, "privileges") : list_of(old, "default");

	for (size_t i = 0; i < before.count; i++)
		if (held(after, before.items[i]) < held(before, before.items[i]))
			return true;
	return false;
}

const struct rule privilege_rule = {
	.kind = "privilege", .directory = "grants", .consolidated = true, .rank = RANK_ABOUT, .follows = true,
	.create = privilege_create, .drop = privilege_drop, .access_hazard = "privileges",
	.changes = privilege_changes, .settled = true,
	.undone_by = privilege_undone_by, .undoes = privilege_undoes,
};

/* ---------------------------------------------------------------- of the future */

/* "default_privilege for ROLE [in SCHEMA] on TABLES to GRANTEE" */
static void
default_grant_of(struct grant *grant, const struct fact *fact)
{
	const char *role = id_word(fact->id, "for"), *in, *on, *to;

	on = role ? id_word(role, "on") : NULL;
	to = on ? id_word(on, "to") : NULL;
	if (!to)
		die(STATUS_USAGE, "not the id of a default privilege: \"%s\"", fact->id);
	in = id_word(role, "in");
	role += strlen(" for ");
	sbuf_addf(&grant->prefix, "ALTER DEFAULT PRIVILEGES FOR ROLE %.*s ", (int)((in ? in : on) - role), role);
	if (in) {
		in += strlen(" in ");
		sbuf_addf(&grant->prefix, "IN SCHEMA %.*s ", (int)(on - in), in);
	}
	on += strlen(" on ");
	for (; on < to; on++)
		sbuf_addc(&grant->object, *on == '_' ? ' ' : (char)(*on - 'a' + 'A'));
	to += strlen(" to ");
	grantee_write(&grant->grantee, to, strlen(to));
}

static void
default_privilege_create(struct script *script, const struct unit *unit)
{
	struct grant grant = GRANT_INIT;

	default_grant_of(&grant, unit->fact);
	change(script, &grant, list_of(unit->fact, "default"), list_of(unit->fact, "privileges"));
	grant_release(&grant);
}

static void
default_privilege_drop(struct script *script, const struct fact *fact)
{
	struct grant grant = GRANT_INIT;

	default_grant_of(&grant, fact);
	change(script, &grant, list_of(fact, "privileges"), list_of(fact, "default"));
	grant_release(&grant);
}

/* What default privileges call the kinds of objects. */
static const char *const default_words[][2] = {
	{ "table", "tables" },       { "view", "tables" },         { "materialized_view", "tables" },
	{ "foreign_table", "tables" }, { "sequence", "sequences" }, { "function", "functions" },
	{ "procedure", "functions" }, { "aggregate", "functions" }, { "enum", "types" },
	{ "domain", "types" },       { "type", "types" },          { "range", "types" },
	{ "base_type", "types" },    { "schema", "schemas" },
};

/* Whether the object gets them when it is created (by whom is not known). */
static bool
reaches(const struct fact *defaults, const struct fact *object)
{
	const char *on = id_word(id_word(defaults->id, "for"), "on") + strlen(" on ");

	if (defaults->in && (!object->in || strcmp(defaults->in, object->in) != 0))
		return false;
	for (size_t i = 0; i < sizeof default_words / sizeof *default_words; i++)
		if (id_is(object->id, default_words[i][0]))
			return !strncmp(on, default_words[i][1], strcspn(on, " ")) &&
			       !default_words[i][1][strcspn(on, " ")];
	return false;
}

/* What a grantee has on such an object by itself. */
static void
give_builtin(struct script *script, const struct grant *grant, const char *id, const char *owner)
{
	const char *word = NULL;

	for (size_t i = 0; i < sizeof default_words / sizeof *default_words; i++)
		if (id_is(id, default_words[i][0]))
			word = default_words[i][1];
	if (owner && !strcmp(owner, grant->grantee.text))
		word = "ALL";
	else if (strcmp(grant->grantee.text, "PUBLIC") != 0 || !word)
		return;
	else if (!strcmp(word, "functions"))
		word = "EXECUTE";
	else if (!strcmp(word, "types"))
		word = "USAGE";
	else
		return;
	script_add(script, "GRANT %s ON %s TO %s", word, grant->object.text, grant->grantee.text);
}

/* Puts right what one object may have got. `owner` NULL: nobody is known to have it. */
static void
settle(struct script *script, const struct fact *defaults, const struct fact *object, const char *owner,
       struct snapshot *state)
{
	struct grant grant = GRANT_INIT;
	const char *to = id_word(id_word(id_word(defaults->id, "for"), "on"), "to") + strlen(" to ");
	const char *role = id_word(defaults->id, "for") + strlen(" for ");
	struct arena arena = ARENA_INIT;
	const struct fact *wanted;
	struct sbuf revoke = SBUF_INIT;
	bool known = false;

	if (!reaches(defaults, object))
		return;
	/* What the creator does not give to itself is missed by who becomes the owner. */
	if (owner && !strncmp(role, to, strlen(to)) && role[strlen(to)] == ' ')
		to = owner;
	object_of_grant(&grant, object->id);
	grantee_write(&grant.grantee, to, strlen(to));
	sbuf_addf(&revoke, "REVOKE ALL ON %s FROM %s", grant.object.text, grant.grantee.text);
	for (size_t i = 0; i < script->count; i++)
		known |= !strcmp(script->statements[i].sql.text, revoke.text);
	if (!known) {
		script_add(script, "%s", revoke.text);
		wanted = snapshot_find(state, arena_printf(&arena, "privilege on %s to %s", object->id, to));
		if (wanted)
			give(script, &grant, (struct list){ NULL, 0 }, list_of(wanted, "privileges"));
		else
			give_builtin(script, &grant, object->id, owner);
	}
	sbuf_release(&revoke);
	grant_release(&grant);
	arena_release(&arena);
}

/* Who owns a sequence of a column owns the column's table. */
static const char *
owner_of(struct snapshot *state, const struct fact *object, struct arena *arena)
{
	const struct fact *owner = snapshot_find(state, arena_printf(arena, "owner of %s", object->id));

	for (const struct fact *in = object; !owner && id_is(object->id, "sequence") && in && in->in;
	     in = snapshot_find(state, in->in))
		owner = id_is(in->in, "schema") ? NULL : snapshot_find(state, arena_printf(arena, "owner of %s", in->in));
	return owner ? fact_text(owner, "role") : NULL;
}

/* What else CREATE TYPE … AS RANGE makes, the constructors and the multirange type: they stay its creator's, also when the type
 * gets another owner. */
static void
settle_range(struct script *script, const struct fact *defaults, const struct fact *range, struct snapshot *state)
{
	struct arena arena = ARENA_INIT;
	const char *name = id_name(range->id), *subtype = fact_text(range, "subtype");
	const char *multirange = fact_text(range, "multirange_type_name");
	const char *creator = id_word(defaults->id, "for") + strlen(" for "), *ids[6];
	size_t count = 0;

	creator = arena_copy(&arena, creator, (size_t)(id_word(defaults->id, "on") - creator));
	ids[count++] = arena_printf(&arena, "function %s(%s, %s)", name, subtype, subtype);
	ids[count++] = arena_printf(&arena, "function %s(%s, %s, text)", name, subtype, subtype);
	if (multirange) {
		ids[count++] = arena_printf(&arena, "function %s()", multirange);
		ids[count++] = arena_printf(&arena, "function %s(%s)", multirange, name);
		ids[count++] = arena_printf(&arena, "function %s(%s[])", multirange, name);
	}
	if (fact_has(range, "multirange_privileges"))
		ids[count++] = arena_printf(&arena, "type %s", multirange);
	for (size_t i = 0; i < count; i++)
		settle(script, defaults, &(struct fact){ .id = ids[i], .in = range->in }, creator, state);
	arena_release(&arena);
}

void
default_privilege_settle(struct script *script, const struct fact *defaults, const struct fact *object,
                         struct snapshot *state)
{
	struct arena arena = ARENA_INIT;
	const char *owner = owner_of(state, object, &arena);

	settle(script, defaults, object, owner, state);
	if (id_is(object->id, "range"))
		settle_range(script, defaults, object, state);
	arena_release(&arena);
}

const struct rule default_privilege_rule = {
	.kind = "default_privilege", .directory = "grants", .consolidated = true, .rank = RANK_DEFAULT_PRIVILEGE,
	.create = default_privilege_create, .drop = default_privilege_drop,
};
