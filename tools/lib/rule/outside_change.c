/* How what reaches outside of the database changes in place: foreign servers, publications, subscriptions. */
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"

#include <string.h>

static bool
differs(const struct alter *alter, const char *key)
{
	return !value_equal(fact_value(alter->old, key), fact_value(alter->new, key));
}

static bool
fdw_options_change(const struct alter *alter)
{
	struct sbuf words = SBUF_INIT;

	sbuf_adds(&words, "ALTER ");
	object_write(&words, alter->new->id);
	fdw_options_alter(alter->script, words.text, alter);
	sbuf_release(&words);
	return true;
}

static bool
wrapper_functions_alter(const struct alter *alter)
{
	const char *handler = fact_text(alter->new, "handler"), *validator = fact_text(alter->new, "validator");
	struct sbuf *sql = script_next(alter->script);

	sbuf_addf(sql, "ALTER FOREIGN DATA WRAPPER %s", id_name(alter->new->id));
	if (differs(alter, "handler"))
		sbuf_addf(sql, handler ? " HANDLER %s" : " NO HANDLER", handler);
	if (differs(alter, "validator"))
		sbuf_addf(sql, validator ? " VALIDATOR %s" : " NO VALIDATOR", validator);
	return true;
}

const struct change foreign_data_wrapper_changes[] = {
	{ "handler", 0, wrapper_functions_alter },
	{ "validator", 0, wrapper_functions_alter },
	{ "fdw_options", 0, fdw_options_change },
	{ 0 },
};

/* A version that was given cannot be taken away. */
static bool
server_version_alter(const struct alter *alter)
{
	struct sbuf *sql;

	if (!fact_has(alter->new, "version"))
		return false;
	sql = script_next(alter->script);
	sbuf_addf(sql, "ALTER SERVER %s VERSION ", id_name(alter->new->id));
	quote_literal(sql, fact_text(alter->new, "version"));
	return true;
}

const struct change server_changes[] = {
	{ "version", 0, server_version_alter },
	{ "fdw_options", 0, fdw_options_change },
	{ 0 },
};

static bool
mapping_options_alter(const struct alter *alter)
{
	struct sbuf words = SBUF_INIT;

	sbuf_adds(&words, "ALTER ");
	user_mapping_write(&words, alter->new->id);
	fdw_options_alter(alter->script, words.text, alter);
	sbuf_release(&words);
	return true;
}

const struct change user_mapping_changes[] = {
	{ "fdw_options", 0, mapping_options_alter },
	{ 0 },
};

/* ------------------------------------------------------------- replication */

static bool
publication_alter(const struct alter *alter)
{
	const char *publish = fact_text(alter->new, "publish");
	const char *columns = fact_text(alter->new, "publish_generated_columns");
	struct sbuf options = SBUF_INIT;

	if (differs(alter, "publish"))
		sbuf_addf(&options, ", publish = '%s'", publish ? publish : "insert, update, delete, truncate");
	if (differs(alter, "publish_generated_columns"))
		sbuf_addf(&options, ", publish_generated_columns = %s", columns ? columns : "none");
	if (differs(alter, "publish_via_partition_root"))
		sbuf_addf(&options, ", publish_via_partition_root = %s",
		          fact_has(alter->new, "publish_via_partition_root") ? "true" : "false");
	script_add(alter->script, "ALTER PUBLICATION %s SET (%s)", id_name(alter->new->id),
	           options.text + strlen(", "));
	sbuf_release(&options);
	return true;
}

const struct change publication_changes[] = {
	{ "publish", 0, publication_alter },
	{ "publish_generated_columns", 0, publication_alter },
	{ "publish_via_partition_root", 0, publication_alter },
	{ 0 },
};

static bool
connection_alter(const struct alter *alter)
{
	struct sbuf *sql = script_next(alter->script);
	const char *connection = fact_text(alter->new, "connection");

	sbuf_addf(sql, "ALTER SUBSCRIPTION %s CONNECTION ", id_name(alter->new->id));
	quote_literal(sql, connection ? connection : "");
	return true;
}

/* What is there already is copied by nobody: that is left to who runs the database. */
static bool
publications_alter(const struct alter *alter)
{
	struct sbuf *sql = script_next(alter->script);
	size_t count;
	const char **publications = fact_list(alter->new, "publications", &count);

	sbuf_addf(sql, "ALTER SUBSCRIPTION %s SET PUBLICATION ", id_name(alter->new->id));
	list_write(sql, publications, count);
	sbuf_adds(sql, " WITH (refresh = false)");
	return true;
}

static bool
subscription_options_alter(const struct alter *alter)
{
	static const struct {
		const char *key, *option, *set, *reset; /* NULL: the text of the key */
	} options[] = {
		{ "synchronous_commit", "synchronous_commit", NULL, "off" },
		{ "streaming", "streaming", NULL, "off" },
		{ "origin", "origin", NULL, "any" },
		{ "binary", "binary", "true", "false" },
		{ "disable_on_error", "disable_on_error", "true", "false" },
		{ "no_password_required", "password_required", "false", "true" },
		{ "run_as_owner", "run_as_owner", "true", "false" },
	};
	const char *slot = fact_text(alter->new, "slot_name");
	struct sbuf list = SBUF_INIT;

	if (differs(alter, "slot_name")) {
		sbuf_adds(&list, ", slot_name = ");
		quote_literal(&list, slot ? slot : id_name(alter->new->id));
	}
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const char *text = fact_text(alter->new, options[i].key);

		if (!differs(alter, options[i].key))
			continue;
		sbuf_addf(&list, ", %s = ", options[i].option);
		quote_literal(&list, !fact_has(alter->new, options[i].key) ? options[i].reset :
		                     options[i].set ? options[i].set : text);
	}
	script_add(alter->script, "ALTER SUBSCRIPTION %s SET (%s)", id_name(alter->new->id),
	           list.text + strlen(", "));
	sbuf_release(&list);
	return true;
}

const struct change subscription_changes[] = {
	{ "connection", 0, connection_alter },
	{ "publications", 0, publications_alter },
	{ "slot_name", 0, subscription_options_alter },
	{ "synchronous_commit", 0, subscription_options_alter },
	{ "streaming", 0, subscription_options_alter },
	{ "origin", 0, subscription_options_alter },
	{ "binary", 0, subscription_options_alter },
	{ "disable_on_error", 0, subscription_options_alter },
	{ "no_password_required", 0, subscription_options_alter },
	{ "run_as_owner", 0, subscription_options_alter },
	{ 0 },
};
