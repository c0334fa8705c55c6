#include "plan/rename.h"
#include "plan/diff.h"

#include "base/die.h"
#include "pg/quote.h"

#include <stdlib.h>
#include <string.h>

struct search {
	struct renames *renames;
	struct snapshot *current, *desired;
};

static const char *
quoted(struct arena *arena, const char *plain)
{
	struct sbuf text = SBUF_INIT;
	const char *result;

	quote_identifier(&text, plain);
	result = arena_string(arena, text.text);
	sbuf_release(&text);
	return result;
}

/* The id with another last part of its name. */
static const char *
id_called(struct arena *arena, const char *id, const char *name)
{
	const char *last = name_last_part(id_name(id));

	return arena_printf(arena, "%.*s%s%s", (int)(last - id), id, name, identifier_end(last));
}

/* The identifier that starts here. */
static const char *
identifier(struct arena *arena, const char *name)
{
	return arena_copy(arena, name, (size_t)(identifier_end(name) - name));
}

static const char *
rename_sql(struct arena *arena, const struct fact *fact, const char *name)
{
	struct script script = SCRIPT_INIT;
	const char *sql;

	fact_rename(&script, fact, name);
	sql = arena_string(arena, script.statements[0].sql.text);
	script_release(&script);
	return sql;
}

static bool
has_been_renamed(const struct renames *renames, const char *id)
{
	for (size_t i = 0; id && i < renames->count; i++)
		if (!strcmp(renames->items[i].id, id))
			return true;
	return false;
}

static void
add_rename(struct search *s, const struct fact *old, const char *id)
{
	struct renames *r = s->renames;
	struct fact renamed = *old;
	const char *last = name_last_part(id_name(id)), *old_last = name_last_part(id_name(old->id));

	renamed.id = id;
	GROW(r->items, r->count, r->room);
	r->items[r->count++] = (struct rename){
		.old_id = arena_string(&r->arena, old->id), .id = arena_string(&r->arena, id),
		.sql = rename_sql(&r->arena, old, identifier(&r->arena, last)),
		.undo = rename_sql(&r->arena, &renamed, identifier(&r->arena, old_last)),
	};
}

/* -------------------------------------------------------- what wishes mean */

static bool
is_role(const struct wish *wish)
{
	return !strcmp(wish->words, "ROLE");
}

static bool
of_phase(const struct wish *wish, enum rename_phase phase)
{
	bool schema = !strcmp(wish->words, "SCHEMA");

	if (is_role(wish))
		return false;
	return wish->part != WISH_OBJECT ? phase == RENAME_MEMBERS :
	       phase == (schema ? RENAME_SCHEMAS : RENAME_OBJECTS);
}

/* Whether the id's name is `name`, arguments aside. */
static bool
is_called(const char *id, const char *name)
{
	size_t length = strlen(name);

	return !strncmp(id_name(id), name, length) && (!id_name(id)[length] || strchr("( ", id_name(id)[length]));
}

/* Whether the fact is what the wish is about, in the state where it has its new name. */
static bool
is_meant(const struct wish *wish, const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);

	if (wish->part == WISH_LABEL)
		return fact_has(fact, "labels") && !strcmp(id_name(fact->id), wish->object);
	if (!rule->words || strcmp(rule->words, wish->words) != 0)
		return false;
	if (wish->part == WISH_OBJECT)
		return is_called(fact->id, wish->object);
	return fact->in && !strcmp(id_name(fact->in), wish->object) &&
	       !strcmp(name_last_part(id_name(fact->id)), wish->member);
}

/* Whether it has its name from something else, which is to be renamed instead (the column of a parent table). */
static bool
has_source(struct snapshot *state, const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);
	struct arena arena = ARENA_INIT;
	size_t count = 0;

	if (rule->sources)
		rule->sources(state, fact, &arena, &count);
	arena_release(&arena);
	return count != 0;
}

static bool
has_label(const struct fact *fact, const char *label)
{
	size_t count;
	const char **labels = fact_list(fact, "labels", &count);

	for (size_t i = 0; i < count; i++)
		if (!strcmp(labels[i], label))
			return true;
	return false;
}

static const char *
label_sql(struct arena *arena, const char *type, const char *from, const char *to)
{
	struct sbuf sql = SBUF_INIT;
	const char *result;

	sbuf_addf(&sql, "ALTER TYPE %s RENAME VALUE ", type);
	quote_literal(&sql, from);
	sbuf_adds(&sql, " TO ");
	quote_literal(&sql, to);
	result = arena_string(arena, sql.text);
	sbuf_release(&sql);
	return result;
}

static void
follow_label(struct search *s, const struct wish *wish, const struct fact *fact)
{
	struct renames *r = s->renames;
	const struct fact *old = snapshot_find(s->current, fact->id);

	if (!old || !has_label(old, wish->from) || has_label(old, wish->member))
		return;
	GROW(r->items, r->count, r->room);
	r->items[r->count++] = (struct rename){
		.old_id = arena_string(&r->arena, fact->id), .id = arena_string(&r->arena, fact->id),
		.sql = label_sql(&r->arena, wish->object, wish->from, wish->member),
		.undo = label_sql(&r->arena, wish->object, wish->member, wish->from),
	};
}

static void
follow_wish(struct search *s, const struct wish *wish, const struct fact *fact)
{
	const char *old_id = id_called(&s->renames->arena, fact->id, quoted(&s->renames->arena, wish->from));
	const struct fact *old = snapshot_find(s->current, old_id);

	if (old && !snapshot_find(s->current, fact->id) && !has_source(s->current, old) &&
	    !has_been_renamed(s->renames, fact->id))
		add_rename(s, old, fact->id);
}

/* --------------------------------------------------------------- followers */

/* Whether both say the same of the same thing, under other names. */
static bool
same_but_name(const struct fact *old, const struct fact *new)
{
	struct fact copy = *old;

	copy.id = new->id;
	return id_kind_length(old->id) == id_kind_length(new->id) &&
	       !strncmp(old->id, new->id, id_kind_length(new->id)) && fact_same(&copy, new);
}

static bool
same_kind(const struct fact *old, const struct fact *new)
{
	return rule_of(old->id) == rule_of(new->id);
}

/* Whether it is the one thing of its kind that a column has (the sequence of an identity). */
static bool
is_of_column(const struct search *s, const struct fact *fact)
{
	const struct fact *parent = fact->in ? snapshot_find(s->current, fact->in) : NULL;
	const struct rule *rule = parent ? rule_of(parent->id) : NULL;

	return rule && rule_of(fact->id)->words && rule->fold && rule->fold(parent) == FOLD_MUST;
}

/* Whether its name may have been made from that of something that was renamed. */
static bool
follows_rename(const struct search *s, const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);

	if (is_of_column(s, fact))
		return true;
	/* What holds data is not taken for another one because it looks like it. */
	if (!fact->in || !rule->words || rule->drop_loses || rule_of(fact->in)->holds)
		return false;
	if (has_been_renamed(s->renames, fact->in))
		return true;
	for (size_t i = 0; i < fact->needs_count; i++)
		if (has_been_renamed(s->renames, fact->needs[i]))
			return true;
	return false;
}

static void
rename_followers(struct search *s)
{
	for (size_t i = 0; i < s->current->count; i++) {
		const struct fact *old = s->current->facts[i];

		if (snapshot_find(s->desired, old->id) || !follows_rename(s, old) || has_source(s->current, old))
			continue;
		for (size_t k = 0; k < s->desired->count; k++) {
			const struct fact *new = s->desired->facts[k];

			if (new->in && !strcmp(new->in, old->in) && !snapshot_find(s->current, new->id) &&
			    !has_been_renamed(s->renames, new->id) &&
			    (is_of_column(s, old) ? same_kind(old, new) : same_but_name(old, new))) {
				add_rename(s, old, new->id);
				break;
			}
		}
	}
}

/* Sequences go with the column that owns them. */
static void
rename_owned(struct search *s)
{
	for (size_t i = 0; i < s->current->count; i++) {
		const struct fact *old = s->current->facts[i];
		const struct rule *rule = rule_of(old->id);
		const char *owner = rule->taken_by && !rule->never_lets_go ? rule->taken_by(old) : NULL;

		if (!owner || snapshot_find(s->desired, old->in))
			continue;
		for (size_t k = 0; k < s->desired->count; k++) {
			const struct fact *new = s->desired->facts[k];
			const char *new_owner = rule_of(new->id) == rule ? rule->taken_by(new) : NULL;

			if (new_owner && !strcmp(new_owner, owner) && !snapshot_find(s->current, new->in) &&
			    !has_been_renamed(s->renames, new->in)) {
				add_rename(s, snapshot_find(s->current, old->in), new->in);
				break;
			}
		}
	}
}

/* ----------------------------------------------------------------- finding */

void
renames_find(struct renames *renames, enum rename_phase phase, const struct wish *wishes, size_t count,
             struct snapshot *current, struct snapshot *desired)
{
	struct search s = { renames, current, desired };

	if (phase == RENAME_FOLLOWERS) {
		if (renames->count) {
			rename_followers(&s);
			rename_owned(&s);
		}
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (!of_phase(&wishes[i], phase))
			continue;
		for (size_t k = 0; k < desired->count; k++) {
			const struct fact *fact = desired->facts[k];

			if (!is_meant(&wishes[i], fact))
				continue;
			if (wishes[i].part == WISH_LABEL)
				follow_label(&s, &wishes[i], fact);
			else
				follow_wish(&s, &wishes[i], fact);
		}
	}
}

/* -------------------------------------------------------- what is not there */

/* Whether the current state has what `fact` would have been beside: its table, or for an object another of its kind. */
static bool
has_place(struct snapshot *current, const struct fact *fact)
{
	if (fact->in && !rule_of(fact->in)->holds)
		return snapshot_find(current, fact->in);
	for (size_t i = 0; i < current->count; i++) {
		const struct fact *other = current->facts[i];

		if (rule_of(other->id) == rule_of(fact->id) &&
		    (fact->in && other->in ? !strcmp(fact->in, other->in) : fact->in == other->in))
			return true;
	}
	return false;
}

/* What is wrong with a wish that nothing can be done about; NULL: it is fulfilled, or there is nothing to fulfil it
 * with. */
static const char *
failing(const struct wish *wish, struct snapshot *current, struct snapshot *desired)
{
	bool found = false, missed = false;

	for (size_t k = 0; k < desired->count; k++) {
		const struct fact *fact = desired->facts[k], *there;

		if (!is_meant(wish, fact))
			continue;
		found = true;
		there = snapshot_find(current, fact->id);
		if (wish->part == WISH_LABEL)
			missed |= there && !has_label(there, wish->member);
		else if (there)
			return NULL;
		else
			missed |= has_place(current, fact);
	}
	return !found ? "what stands behind the directive is not in the desired state" :
	       missed ? "the directive matches nothing: neither the old name nor the new one is there" : NULL;
}

/* Whether a fact names the role: as an owner, grantee or grantor, of a policy, a setting or a mapping. */
static bool
names_role(const struct fact *fact, const char *role)
{
	static const char *const words[] = { "to", "by", "for" };
	size_t length = strlen(role), count;
	const char **roles = fact_list(fact, "roles", &count);

	for (size_t i = 0; i < count; i++)
		if (!strcmp(roles[i], role))
			return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (const char *at = id_word(fact->id, words[i]); at; at = id_word(at + 1, words[i])) {
			const char *name = at + strlen(words[i]) + 2;

			if ((size_t)(identifier_end(name) - name) == length && !strncmp(name, role, length))
				return true;
		}
	return fact_is(fact, "role", role);
}

static bool
any_names_role(const struct snapshot *state, const char *role)
{
	for (size_t i = 0; i < state->count; i++)
		if (names_role(state->facts[i], role))
			return true;
	return false;
}

size_t
renames_check_roles(const struct wish *wishes, size_t count, struct snapshot *current)
{
	struct arena arena = ARENA_INIT;
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++) {
		const char *from = quoted(&arena, wishes[i].from), *to = wishes[i].object;

		if (!is_role(&wishes[i]) || !any_names_role(current, from) || any_names_role(current, to))
			continue;
		report(&(struct report){ .file = wishes[i].file, .line = wishes[i].line,
		                         .text = arena_printf(&arena, "the role %s is to be called %s on the server first", from, to),
		                         .detail = "roles belong to all databases of a server: no plan for one of them renames a role",
		                         .hint = arena_printf(&arena, "run there: ALTER ROLE %s RENAME TO %s; what refers to it follows by itself",
		                                              from, to) });
		wrong++;
	}
	arena_release(&arena);
	return wrong;
}

size_t
renames_check(enum rename_phase phase, const struct wish *wishes, size_t count, struct snapshot *current,
              struct snapshot *desired)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++) {
		const struct wish *wish = &wishes[i];
		struct sbuf detail = SBUF_INIT;
		const char *text = of_phase(wish, phase) ? failing(wish, current, desired) : NULL;

		if (!text)
			continue;
		sbuf_addf(&detail, "%s %s%s%s: nothing is called %s", wish->words, wish->object,
		          wish->member ? "." : "", wish->member ? wish->member : "", wish->from);
		report(&(struct report){ .file = wish->file, .line = wish->line, .text = text, .detail = detail.text,
		                         .hint = "mend the name after from=, or take the directive out" });
		sbuf_release(&detail);
		wrong++;
	}
	return wrong;
}

void
renames_release(struct renames *renames)
{
	free(renames->items);
	arena_release(&renames->arena);
	*renames = (struct renames)RENAMES_INIT;
}
