/* Foreign-data wrappers, foreign servers, and who is whom there. */
#include "rule/changes.h"
#include "rule/rules.h"

#include "base/die.h"
#include "pg/quote.h"

#include <string.h>

static void
options_add(struct sbuf *sql, const struct fact *fact)
{
	size_t count;
	const char **options = fact_list(fact, "fdw_options", &count);

	if (!count)
		return;
	sbuf_adds(sql, " OPTIONS (");
	fdw_options_write(sql, options, count);
	sbuf_addc(sql, ')');
}

static void
wrapper_create(struct script *script, const struct unit *unit)
{
	const char *handler = fact_text(unit->fact, "handler"), *validator = fact_text(unit->fact, "validator");
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE FOREIGN DATA WRAPPER %s", id_name(unit->fact->id));
	if (handler)
		sbuf_addf(sql, " HANDLER %s", handler);
	if (validator)
		sbuf_addf(sql, " VALIDATOR %s", validator);
	options_add(sql, unit->fact);
}

const struct rule foreign_data_wrapper_rule = {
	.kind = "foreign_data_wrapper", .words = "FOREIGN DATA WRAPPER",
	.directory = "foreign_data_wrappers", .rank = RANK_FOREIGN_DATA_WRAPPER, .create = wrapper_create,
	.changes = foreign_data_wrapper_changes,
};

static void
server_create(struct script *script, const struct unit *unit)
{
	const char *type = fact_text(unit->fact, "type"), *version = fact_text(unit->fact, "version");
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE SERVER %s", id_name(unit->fact->id));
	if (type) {
		sbuf_adds(sql, " TYPE ");
		quote_literal(sql, type);
	}
	if (version) {
		sbuf_adds(sql, " VERSION ");
		quote_literal(sql, version);
	}
	sbuf_addf(sql, " FOREIGN DATA WRAPPER %s", fact_text(unit->fact, "wrapper"));
	options_add(sql, unit->fact);
}

const struct rule server_rule = {
	.kind = "server", .words = "SERVER", .directory = "servers", .rank = RANK_SERVER,
	.create = server_create,
	.changes = server_changes, .holds = true,
};

/* "user_mapping for ROLE on SERVER" as FOR role SERVER server */
void
user_mapping_write(struct sbuf *sql, const char *id)
{
	const char *role = id_word(id, "for"), *server = role ? id_word(role, "on") : NULL;

	if (!server)
		die(STATUS_USAGE, "not the id of a user mapping: \"%s\"", id);
	role += strlen(" for ");
	sbuf_adds(sql, "USER MAPPING FOR ");
	grantee_write(sql, role, (size_t)(server - role));
	sbuf_addf(sql, " SERVER %s", server + strlen(" on "));
}

static void
mapping_create(struct script *script, const struct unit *unit)
{
	struct sbuf *sql = script_next(script);

	sbuf_adds(sql, "CREATE ");
	user_mapping_write(sql, unit->fact->id);
	options_add(sql, unit->fact);
}

static void
mapping_drop(struct script *script, const struct fact *fact)
{
	struct sbuf *sql = script_next(script);

	sbuf_adds(sql, "DROP ");
	user_mapping_write(sql, fact->id);
}

const struct rule user_mapping_rule = {
	.kind = "user_mapping", .rank = RANK_SERVER,
	.create = mapping_create, .drop = mapping_drop,
	.changes = user_mapping_changes,
};
