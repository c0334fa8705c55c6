#include "plan/hazard.h"

#include "base/die.h"

#include <stdlib.h>
#include <string.h>

const struct hazard hazards[] = {
	{ "column-recreated",
	  "the column is dropped and made again: its values are lost or worked out anew",
	  "for good",
	  "add a column of another name, move the values, and drop the old one",
	  "DELETES_DATA" },
	{ "domain-scan",
	  "writing to all tables with a column of the domain waits until their rows have been read; it fails if a value does not fit",
	  "as long as reading them takes",
	  "add the constraint NOT VALID in the files first, and make it valid when writes may wait",
	  "ban-alter-domain-with-add-constraint" },
	{ "drop-column",
	  "the values of the column are lost",
	  "for good",
	  "copy them first, or drop the column one release after its last use",
	  "ban-drop-column, DELETES_DATA" },
	{ "drop-extension",
	  "everything that belongs to the extension goes with it: tables with their rows, types with the columns that have them",
	  "for good",
	  "drop what uses it first, and look at what is left",
	  "DELETES_DATA" },
	{ "drop-materialized-view",
	  "its rows are lost until it is filled again",
	  "until REFRESH MATERIALIZED VIEW has run",
	  "make the new one under another name, fill it, and drop the old one",
	  NULL },
	{ "drop-not-null",
	  "programs that do not expect it can find NULL in the column",
	  "from then on",
	  "let the programs learn it first",
	  "ban-drop-not-null" },
	{ "drop-object",
	  "programs, and functions whose bodies are text, can use it without the server knowing; they fail then",
	  "from then on",
	  "look for its last use first (pg_stat_user_functions), and drop it one release later",
	  "HAS_UNTRACKABLE_DEPENDENCIES" },
	{ "drop-sequence",
	  "the number that it had come to is lost",
	  "for good",
	  "note last_value first",
	  "DELETES_DATA" },
	{ "drop-table",
	  "the rows of the table are lost",
	  "for good",
	  "copy them first, or rename the table for a while",
	  "ban-drop-table, DELETES_DATA" },
	{ "index-build",
	  "writing to the table waits until the index is built; for a key reading too",
	  "as long as the build takes",
	  "plan with ONLINE=1",
	  "require-concurrent-index-creation, disallowed-unique-constraint, adding-serial-primary-key-field, INDEX_BUILD, ACQUIRES_SHARE_LOCK" },
	{ "index-dropped",
	  "queries that used the index become slow",
	  "until there is another",
	  "look at pg_stat_user_indexes first",
	  "INDEX_DROPPED" },
	{ "not-null-column",
	  "rows that are there already have no value for the column: with rows it fails",
	  "before anything is done",
	  "give the column a default, or add it without NOT NULL first",
	  "adding-required-field, adding-not-nullable-field" },
	{ "privileges",
	  "who may read, change or use it is another: what was forbidden can become possible, and what worked can fail",
	  "from then on",
	  "look at each GRANT, REVOKE and owner",
	  "AUTHZ_UPDATE" },
	{ "rename",
	  "programs, and functions whose bodies are text, that use the old name fail",
	  "from then on",
	  "add a view or a generated column of the old name, or rename while the programs stand still",
	  "renaming-column, renaming-table" },
	{ "row-security",
	  "rows can become visible that were hidden, or be hidden that were visible",
	  "from then on",
	  "try it as each role first: SET ROLE",
	  "AUTHZ_UPDATE" },
	{ "slot-left",
	  "the replication slot on the other server stays, and keeps its WAL there",
	  "until it is dropped there",
	  "drop it there: SELECT pg_drop_replication_slot(…)",
	  NULL },
	{ "table-recreated",
	  "the table is dropped and made again: its rows are lost",
	  "for good",
	  "make a table of another name, move the rows, and drop the old one",
	  "DELETES_DATA" },
	{ "table-rewrite",
	  "reading and writing the table waits until every row is written anew",
	  "as long as writing it and building its indexes takes",
	  "add a column of the new kind, fill it step by step, and drop the old one",
	  "changing-column-type, adding-field-with-default, ACQUIRES_ACCESS_EXCLUSIVE_LOCK" },
	{ "table-scan",
	  "writing to the table (of NOT NULL and CHECK reading too) waits until every row has been read",
	  "as long as reading it takes",
	  "plan with ONLINE=1",
	  "constraint-missing-not-valid, adding-foreign-key-constraint, ACQUIRES_ACCESS_EXCLUSIVE_LOCK, ACQUIRES_SHARE_ROW_EXCLUSIVE_LOCK" },
	{ "unlogged",
	  "the rows are lost when the server crashes, and are not on its replicas",
	  "as long as it is unlogged",
	  "only for what can be made again",
	  NULL },
	{ "values-may-not-fit",
	  "the change fails if a value does not fit the new type",
	  "before anything is done",
	  "look for such values first",
	  "changing-column-type" },
	{ 0 },
};

const struct hazard *
hazard_find(const char *name)
{
	for (const struct hazard *hazard = hazards; hazard->name; hazard++)
		if (!strcmp(hazard->name, name))
			return hazard;
	return NULL;
}

/* ---------------------------------------------------------------- allowing */

/* The next word of a list, without the blanks around it; commas in quotes and parentheses are part of a name. */
static bool
next_word(const char **list, const char **word, size_t *length)
{
	const char *p = *list + strspn(*list, ", \t\n");
	bool quoted = false;
	int depth = 0;

	*word = p;
	for (; *p && (quoted || depth > 0 || *p != ','); p++) {
		quoted ^= *p == '"';
		depth += quoted ? 0 : (*p == '(') - (*p == ')');
	}
	*list = p;
	while (p > *word && strchr(" \t\n", p[-1]))
		p--;
	*length = (size_t)(p - *word);
	return *length > 0;
}

static bool
is_text(const char *text, const char *other, size_t length)
{
	return strlen(text) == length && !strncmp(text, other, length);
}

static void
check_word(const char *word, size_t length)
{
	char name[64];
	size_t name_length = strcspn(word, ":");

	if (name_length > length)
		name_length = length;
	if (is_text("all", word, length))
		return;
	if (name_length < sizeof name) {
		memcpy(name, word, name_length);
		name[name_length] = '\0';
		if (hazard_find(name))
			return;
	}
	die_hint(STATUS_USAGE, "pk-diff --hazards lists them", "there is no hazard %.*s", (int)name_length, word);
}

/* Objects are named with or without their kind. */
static bool
is_object(const char *id, const char *name, size_t length)
{
	return id && (is_text(id_name(id), name, length) || is_text(id, name, length));
}

static bool
any_object(const char *const *ids, size_t count, const char *name, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (is_object(ids[i], name, length))
			return true;
	return false;
}

/* Whether `word` ("all", "drop-column", "drop-column:public.t.c", "drop-column:column public.t.c") allows it. */
static bool
word_allows(const char *word, size_t length, const char *hazard, const struct step *step)
{
	size_t name_length = strlen(hazard);
	const char *object = word + name_length + 1;

	if (is_text("all", word, length))
		return true;
	if (length < name_length || strncmp(word, hazard, name_length) != 0)
		return false;
	if (length == name_length)
		return true;
	if (word[name_length] != ':')
		return false;
	length -= name_length + 1;
	return is_object(step->on, object, length) ||
	       any_object(step->destroys, step->destroys_count, object, length) ||
	       any_object(step->changes, step->changes_count, object, length) ||
	       any_object(step->makes, step->makes_count, object, length);
}

const char *
step_object(const struct step *step)
{
	return step->destroys_count ? step->destroys[0] :
	       step->changes_count  ? step->changes[0] :
	       step->makes_count    ? step->makes[0] : step->on;
}

static bool
allows(const struct opt_list *allowed, const char *hazard, const struct step *step)
{
	for (size_t i = 0; i < allowed->count; i++) {
		const char *list = allowed->items[i], *word;
		size_t length;

		while (next_word(&list, &word, &length))
			if (word_allows(word, length, hazard, step))
				return true;
	}
	return false;
}

void
hazards_check(const struct opt_list *allowed)
{
	for (size_t i = 0; i < allowed->count; i++) {
		const char *list = allowed->items[i], *word;
		size_t length;

		while (next_word(&list, &word, &length))
			check_word(word, length);
	}
}

size_t
plan_refuse(const struct plan *plan, const struct opt_list *allowed)
{
	size_t refused = 0;

	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < plan->steps[i].hazard_count; k++) {
			const struct step *step = &plan->steps[i];
			const struct hazard *hazard = hazard_find(step->hazards[k]);
			const char *id = step_object(step);
			struct sbuf text = SBUF_INIT;

			if (allows(allowed, step->hazards[k], step))
				continue;
			refused++;
			sbuf_addf(&text, "%s: %s%s%s", step->hazards[k], id ? id : "", id ? ": " : "",
			          hazard ? hazard->what : "");
			report(&(struct report){ .text = text.text, .detail = step->sql,
			                         .hint = hazard ? hazard->instead : NULL });
			sbuf_release(&text);
		}
	return refused;
}
