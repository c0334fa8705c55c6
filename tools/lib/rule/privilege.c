/*
 * Privileges, on objects and those that objects get when they are created.
 *
 * A fact holds what the grantee has of one grantor (`privileges`) and what it
 * would have without any GRANT or REVOKE (`default`), "SELECT*" for SELECT WITH
 * GRANT OPTION. To create it is to go from the one to the other, to drop it is
 * the way back. That follows buildACLCommands in PostgreSQL's dumputils.c.
 */
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

static void
put(struct sbuf *out, const struct grant *grant, const char *privilege)
{
	sbuf_addf(out, "%s%.*s", out->length ? ", " : "", (int)strcspn(privilege, "*"), privilege);
	if (grant->column.length)
		sbuf_addf(out, " (%s)", grant->column.text);
}

static void
revoke(struct script *script, const struct grant *grant, struct list from, struct list to)
{
	struct sbuf whole = SBUF_INIT, option = SBUF_INIT;

	for (size_t i = 0; i < from.count; i++) {
		enum held before = held(from, from.items[i]), after = held(to, from.items[i]);

		if (after == HELD_NOT)
			put(&whole, grant, from.items[i]);
		else if (after < before)
			put(&option, grant, from.items[i]);
	}
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

	for (size_t i = 0; i < to.count; i++) {
		enum held before = held(from, to.items[i]), after = held(to, to.items[i]);

		if (after > before)
			put(after == HELD_WITH_OPTION ? &option : &plain, grant, to.items[i]);
	}
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

const struct rule privilege_rule = {
	.kind = "privilege", .directory = "grants", .consolidated = true, .rank = RANK_ABOUT, .follows = true,
	.create = privilege_create, .drop = privilege_drop,
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

const struct rule default_privilege_rule = {
	.kind = "default_privilege", .directory = "grants", .consolidated = true, .rank = RANK_DEFAULT_PRIVILEGE,
	.create = default_privilege_create, .drop = default_privilege_drop,
};
