/* Comments, on whatever has a name in SQL. */
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"

static void
comment_write(struct script *script, const struct fact *fact, const char *text)
{
	struct sbuf *sql = script_next(script);

	sbuf_adds(sql, "COMMENT ON ");
	object_write(sql, fact->in);
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
	comment_write(script, fact, NULL);
}

const struct rule comment_rule = {
	.kind = "comment", .rank = RANK_ABOUT, .follows = true,
	.create = comment_create, .drop = comment_drop,
	.changes = comment_changes,
};
