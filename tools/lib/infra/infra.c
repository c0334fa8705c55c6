#include "infra/infra.h"

#include "catalog/query.h"
#include "pg/quote.h"
#include "pg/setting.h"

#include <stdlib.h>
#include <string.h>

/* Runs a query of catalog/ with one parameter, or none. */
static PGresult *
run(PGconn *connection, const char *name, int count, const char *parameter)
{
	char *sql = query_text(name, connection);
	PGresult *result = connection_query_params(connection, sql, count, &parameter);

	free(sql);
	return result;
}

/* NULL for SQL's NULL. */
static const char *
cell(const PGresult *rows, int row, const char *column)
{
	int number = PQfnumber(rows, column);

	return PQgetisnull(rows, row, number) ? NULL : PQgetvalue(rows, row, number);
}

static bool
is_true(const PGresult *rows, int row, const char *column)
{
	const char *value = cell(rows, row, column);

	return value && *value == 't';
}

/* ------------------------------------------------------------------- roles */

static void
add_role(struct sbuf *out, const PGresult *roles, int row)
{
	static const char *const attributes[] = { "login", "superuser", "inherit", "createdb",
		                                  "createrole", "replication", "bypassrls" };
	static const char *const words[] = { "LOGIN", "SUPERUSER", "INHERIT", "CREATEDB",
		                             "CREATEROLE", "REPLICATION", "BYPASSRLS" };
	const char *limit = cell(roles, row, "connection_limit"), *until = cell(roles, row, "valid_until");
	const char *name = cell(roles, row, "name");
	struct sbuf body = SBUF_INIT;

	sbuf_adds(&body, "\nBEGIN\n\tIF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ");
	quote_literal(&body, name);
	sbuf_adds(&body, ") THEN\n\t\tCREATE ROLE ");
	quote_identifier(&body, name);
	sbuf_adds(&body, " WITH");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		sbuf_addf(&body, " %s%s", is_true(roles, row, attributes[i]) ? "" : "NO", words[i]);
	if (limit)
		sbuf_addf(&body, " CONNECTION LIMIT %s", limit);
	if (until) {
		sbuf_adds(&body, " VALID UNTIL ");
		quote_literal(&body, until);
	}
	sbuf_adds(&body, ";\n\tEND IF;\nEND\n");
	sbuf_adds(out, "\nDO ");
	quote_dollar(out, body.text);
	sbuf_adds(out, ";\n");
	sbuf_release(&body);
}

static bool
is_everywhere(const PGresult *roles, int row)
{
	return is_true(roles, row, "is_bootstrap") && !strcmp(cell(roles, row, "name"), "postgres");
}

static void
add_comments(struct sbuf *out, const PGresult *roles)
{
	for (int row = 0; row < PQntuples(roles); row++) {
		const char *comment = cell(roles, row, "comment");

		if (!comment || is_everywhere(roles, row))
			continue;
		sbuf_adds(out, "\nCOMMENT ON ROLE ");
		quote_identifier(out, cell(roles, row, "name"));
		sbuf_adds(out, " IS ");
		quote_literal(out, comment);
		sbuf_adds(out, ";\n");
	}
}

static void
add_settings(struct sbuf *out, const PGresult *settings)
{
	for (int row = 0; row < PQntuples(settings); row++) {
		sbuf_adds(out, row ? "ALTER ROLE " : "\nALTER ROLE ");
		quote_identifier(out, cell(settings, row, "name"));
		sbuf_adds(out, " SET ");
		setting_write(out, cell(settings, row, "setting"));
		sbuf_adds(out, ";\n");
	}
}

static void
add_labels(struct sbuf *out, const PGresult *labels)
{
	for (int row = 0; row < PQntuples(labels); row++) {
		sbuf_adds(out, "\nSECURITY LABEL FOR ");
		quote_identifier(out, cell(labels, row, "provider"));
		sbuf_adds(out, " ON ROLE ");
		quote_identifier(out, cell(labels, row, "name"));
		sbuf_adds(out, " IS ");
		quote_literal(out, cell(labels, row, "label"));
		sbuf_adds(out, ";\n");
	}
}

static void
add_parameters(struct sbuf *out, const PGresult *grants)
{
	for (int row = 0; row < PQntuples(grants); row++) {
		sbuf_addf(out, "%sGRANT %s ON PARAMETER ", row ? "" : "\n", cell(grants, row, "privilege"));
		quote_setting_name(out, cell(grants, row, "parameter"));
		sbuf_adds(out, " TO ");
		quote_identifier(out, cell(grants, row, "name"));
		sbuf_adds(out, is_true(grants, row, "grantable") ? " WITH GRANT OPTION;\n" : ";\n");
	}
}

static void
add_membership(struct sbuf *out, const PGresult *rows, int row)
{
	const char *inherit = cell(rows, row, "inherit"), *grantor = cell(rows, row, "grantor");
	const char *separator = " WITH ";

	sbuf_adds(out, "GRANT ");
	quote_identifier(out, cell(rows, row, "role"));
	sbuf_adds(out, " TO ");
	quote_identifier(out, cell(rows, row, "member"));
	if (is_true(rows, row, "admin")) {
		sbuf_addf(out, "%sADMIN OPTION", separator);
		separator = ", ";
	}
	if (inherit) {
		sbuf_addf(out, "%sINHERIT %s", separator, *inherit == 't' ? "TRUE" : "FALSE");
		separator = ", ";
	}
	if (cell(rows, row, "set"))
		sbuf_addf(out, "%sSET FALSE", separator);
	if (grantor) {
		sbuf_adds(out, " GRANTED BY ");
		quote_identifier(out, grantor);
	}
	sbuf_adds(out, ";\n");
}

/* Whether the grantor of a row holds the role with the admin option from one of
 * the rows that are written already. The bootstrap superuser always may. */
static bool
grantor_is_ready(const PGresult *rows, int row, const bool *written)
{
	const char *role = cell(rows, row, "role"), *grantor = cell(rows, row, "grantor");

	if (!grantor)
		return true;
	for (int i = 0; i < PQntuples(rows); i++)
		if (written[i] && is_true(rows, i, "admin") && !strcmp(cell(rows, i, "role"), role) &&
		    !strcmp(cell(rows, i, "member"), grantor))
			return true;
	return false;
}

static void
add_memberships(struct sbuf *out, const PGresult *rows)
{
	int count = PQntuples(rows), left = count, before;
	bool *written = calloc((size_t)count + 1, sizeof *written);
	bool wait = true;

	if (count)
		sbuf_addc(out, '\n');
	while (left) {
		before = left;
		for (int row = 0; row < count; row++) {
			if (written[row] || (wait && !grantor_is_ready(rows, row, written)))
				continue;
			add_membership(out, rows, row);
			written[row] = true;
			left--;
		}
		/* Nobody is ready: the grantor holds the admin option by another way. */
		wait = left < before;
	}
	free(written);
}

/* The oids of the roles as an array of SQL. */
static char *
oids_of(const PGresult *roles)
{
	struct sbuf list = SBUF_INIT;

	for (int row = 0; row < PQntuples(roles); row++)
		sbuf_addf(&list, "%s%s", row ? "," : "{", cell(roles, row, "oid"));
	sbuf_adds(&list, list.length ? "}" : "{}");
	return sbuf_take(&list);
}

void
infra_roles(PGconn *connection, bool all, struct sbuf *out)
{
	PGresult *roles = run(connection, "infra_role", 1, all ? "true" : "false"), *rows;
	char *oids = oids_of(roles);
	static const struct {
		const char *query;
		void (*add)(struct sbuf *, const PGresult *);
	} parts[] = {
		{ "infra_role_setting", add_settings },
		{ "infra_role_label", add_labels },
		{ "infra_parameter", add_parameters },
		{ "infra_membership", add_memberships },
	};

	sbuf_adds(out, all ? "-- The roles of the server, without passwords.\n"
	                   : "-- The roles that the database refers to, without passwords.\n");
	for (int row = 0; row < PQntuples(roles); row++)
		if (!is_everywhere(roles, row))
			add_role(out, roles, row);
	add_comments(out, roles);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		rows = run(connection, parts[i].query, 1, oids);
		parts[i].add(out, rows);
		PQclear(rows);
	}
	free(oids);
	PQclear(roles);
}

/* ---------------------------------------------------- schemas, extensions */

/* Names as an array of SQL, NULL for NULL. */
static char *
array_of(const char *const *names)
{
	struct sbuf list = SBUF_INIT;

	if (!names)
		return NULL;
	for (size_t i = 0; names[i]; i++) {
		sbuf_adds(&list, i ? ",\"" : "{\"");
		for (const char *p = names[i]; *p; p++) {
			if (*p == '"' || *p == '\\')
				sbuf_addc(&list, '\\');
			sbuf_addc(&list, *p);
		}
		sbuf_addc(&list, '"');
	}
	sbuf_adds(&list, list.length ? "}" : "{}");
	return sbuf_take(&list);
}

void
infra_schemas(PGconn *connection, const char *const *schemas, struct sbuf *out)
{
	char *list = array_of(schemas);
	PGresult *rows = run(connection, "infra_schema", 1, list);

	sbuf_adds(out, "-- Schemas and their owners.\n");
	for (int row = 0; row < PQntuples(rows); row++) {
		const char *owner = cell(rows, row, "owner");

		sbuf_adds(out, row ? "CREATE SCHEMA IF NOT EXISTS " : "\nCREATE SCHEMA IF NOT EXISTS ");
		quote_identifier(out, cell(rows, row, "name"));
		if (owner) {
			sbuf_adds(out, " AUTHORIZATION ");
			quote_identifier(out, owner);
		}
		sbuf_adds(out, ";\n");
	}
	PQclear(rows);
	free(list);
}

void
infra_extensions(PGconn *connection, struct sbuf *out)
{
	PGresult *rows = run(connection, "infra_extension", 0, NULL);

	sbuf_adds(out, "-- Extensions, each in the version that the server offers.\n");
	for (int row = 0; row < PQntuples(rows); row++) {
		const char *schema = cell(rows, row, "schema"), *comment = cell(rows, row, "comment");

		sbuf_adds(out, row ? "CREATE EXTENSION IF NOT EXISTS " : "\nCREATE EXTENSION IF NOT EXISTS ");
		quote_identifier(out, cell(rows, row, "name"));
		sbuf_adds(out, " WITH SCHEMA ");
		quote_identifier(out, schema);
		sbuf_adds(out, ";\n");
		if (comment) {
			sbuf_adds(out, "COMMENT ON EXTENSION ");
			quote_identifier(out, cell(rows, row, "name"));
			sbuf_adds(out, " IS ");
			if (*comment)
				quote_literal(out, comment);
			else
				sbuf_adds(out, "NULL");
			sbuf_adds(out, ";\n");
		}
	}
	PQclear(rows);
}
