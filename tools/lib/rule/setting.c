/* Settings of the database, also those of a role in it. */
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"
#include "pg/setting.h"

#include <string.h>

/* No snapshot says what its database is called: the statement finds out. */
static void
alter_database(struct script *script, const struct fact *fact, const char *change)
{
	const char *role = fact_text(fact, "role");
	struct sbuf body = SBUF_INIT, *sql;

	sbuf_adds(&body, "\nBEGIN\n    EXECUTE ");
	if (role) {
		sbuf_adds(&body, "'ALTER ROLE ");
		for (; *role; role++)
			sbuf_addf(&body, *role == '\'' ? "''" : "%c", *role);
		sbuf_adds(&body, " IN DATABASE '");
	} else {
		sbuf_adds(&body, "'ALTER DATABASE '");
	}
	sbuf_adds(&body, " || pg_catalog.quote_ident(pg_catalog.current_database()) || ");
	quote_literal(&body, change);
	sbuf_adds(&body, ";\nEND\n");
	sql = script_next(script);
	sbuf_adds(sql, "DO ");
	quote_dollar(sql, body.text);
	sbuf_release(&body);
}

static void
setting_create(struct script *script, const struct unit *unit)
{
	struct sbuf change = SBUF_INIT;

	sbuf_adds(&change, " SET ");
	setting_write(&change, fact_text(unit->fact, "setting"));
	alter_database(script, unit->fact, change.text);
	sbuf_release(&change);
}

static void
setting_drop(struct script *script, const struct fact *fact)
{
	const char *setting = fact_text(fact, "setting");
	struct sbuf name = SBUF_INIT, change = SBUF_INIT;

	sbuf_add(&name, setting, strcspn(setting, "="));
	sbuf_adds(&change, " RESET ");
	quote_setting_name(&change, name.text);
	alter_database(script, fact, change.text);
	sbuf_release(&name);
	sbuf_release(&change);
}

const struct rule database_setting_rule = {
	.kind = "database_setting", .directory = "settings", .consolidated = true, .rank = RANK_SETTING,
	.create = setting_create, .drop = setting_drop,
	.changes = database_setting_changes,
};
