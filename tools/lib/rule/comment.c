/* Comments and security labels, on whatever has a name in SQL. */
#include "rule/changes.h"
#include "rule/rules.h"

#include "base/die.h"
#include "pg/quote.h"

#include <string.h>

static const char about[] = "comment on ";

static void
comment_write(struct script *script, const struct fact *fact, const char *text)
{
	struct sbuf *sql = script_next(script);

	/* Not always what it stands in: an index of a constraint has a comment of its own. */
	sbuf_adds(sql, "COMMENT ON ");
	object_write(sql, fact->id + strlen(about));
	sbuf_adds(sql, " IS ");
	if (text)
		quote_literal(sql, text);
	else
		sbuf_adds(sql, "NULL");
}

static void
comment_create(struct script *script, const struct unit *unit)
{
	comment_write(script, unit->fact, fact_text(unit->fact, "text"));
}

static void
comment_drop(struct script *script, const struct fact *fact)
{
	comment_write(script, fact, fact_text(fact, "default"));
}

const struct rule comment_rule = {
	.kind = "comment", .rank = RANK_ABOUT, .follows = true,
	.create = comment_create, .drop = comment_drop,
	.changes = comment_changes,
};

static const char label_about[] = "security_label on ";

/* "security_label on OBJECT for PROVIDER" */
static void
label_write(struct script *script, const struct fact *fact, const char *label)
{
	const char *object = fact->id + strlen(label_about), *provider = id_word(object, "for");
	struct sbuf id = SBUF_INIT, *sql = script_next(script);

	if (!provider)
		die(STATUS_USAGE, "not the id of a security label: \"%s\"", fact->id);
	sbuf_add(&id, object, (size_t)(provider - object));
	sbuf_addf(sql, "SECURITY LABEL FOR %s ON ", provider + strlen(" for "));
	object_write(sql, id.text);
	sbuf_adds(sql, " IS ");
	if (label)
		quote_literal(sql, label);
	else
		sbuf_adds(sql, "NULL");
	sbuf_release(&id);
}

static void
label_create(struct script *script, const struct unit *unit)
{
	label_write(script, unit->fact, fact_text(unit->fact, "label"));
}

static void
label_drop(struct script *script, const struct fact *fact)
{
	label_write(script, fact, NULL);
}

const struct rule security_label_rule = {
	.kind = "security_label", .rank = RANK_ABOUT, .follows = true,
	.create = label_create, .drop = label_drop,
	.changes = security_label_changes,
};
