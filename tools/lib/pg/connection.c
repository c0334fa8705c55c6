#include "pg/connection.h"
#include "pg/quote.h"

#include "base/die.h"

#include <stdlib.h>
#include <string.h>

/* What the server or libpq said, without the closing newline. */
static char *
said(const char *text)
{
	struct sbuf out = SBUF_INIT;
	size_t length = text ? strlen(text) : 0;

	while (length && (text[length - 1] == '\n' || text[length - 1] == ' '))
		length--;
	sbuf_add(&out, text, length);
	return sbuf_take(&out);
}

/* Whether a piece of the string can be one of a password, which may hold what separates the parts of a URL. */
static bool
may_be_secret(const char *conninfo, const char *piece)
{
	const char *credentials_end = strrchr(conninfo, '@'), *found = strstr(conninfo, piece);

	return strstr(conninfo, "password") || strchr(conninfo, '"') || !found ||
	       (credentials_end && found < credentials_end);
}

/* What libpq says against the string, without the pieces that it quotes of a password. */
static char *
said_against(const char *conninfo, const char *text)
{
	static const char *const own[] = { "missing \"", "connection option \"" }; /* libpq's words follow */
	struct sbuf out = SBUF_INIT;
	char *whole = said(text), *open = strchr(whole, '"'), *close;

	for (text = whole; open && (close = strchr(open + 1, '"')); text = close, open = strchr(close + 1, '"')) {
		bool kept = false;

		sbuf_add(&out, text, (size_t)(open - text) + 1);
		for (size_t i = 0; i < sizeof own / sizeof *own; i++)
			kept |= out.length >= strlen(own[i]) && !strcmp(out.text + out.length - strlen(own[i]), own[i]) &&
			        !strstr(text, "invalid connection option");
		*close = '\0';
		sbuf_adds(&out, kept || !may_be_secret(conninfo, open + 1) ? open + 1 : "****");
		*close = '"';
	}
	sbuf_adds(&out, text);
	/* Where the string itself has such signs, nobody knows which are libpq's. */
	if (strchr(conninfo, '"') && strchr(out.text, '"'))
		sbuf_cut(&out, (size_t)(strchr(out.text, '"') - out.text));
	free(whole);
	return sbuf_take(&out);
}

static PGconn *
open_with(const char *conninfo)
{
	/* What stands in the string wins over what comes before dbname here, and
	 * loses against what comes after it. */
	const char *const keywords[] = { "fallback_application_name", "connect_timeout", "dbname",
		                         "client_encoding", NULL };
	const char *const values[] = { report_program_name(), "30", conninfo, "UTF8", NULL };
	PGconn *connection = PQconnectdbParams(keywords, values, 1);

	if (!connection)
		die(STATUS_BUG, "out of memory");
	PQsetNoticeProcessor(connection, NULL, NULL);
	return connection;
}

static void
ignore_notice(void *unused, const char *message)
{
	(void)unused;
	(void)message;
}

PGconn *
connection_try_open(const char *conninfo, struct sbuf *error)
{
	PGconn *connection = open_with(conninfo);

	if (PQstatus(connection) == CONNECTION_OK) {
		PQsetNoticeProcessor(connection, ignore_notice, NULL);
		return connection;
	}
	const char *message = PQerrorMessage(connection);
	/* So it begins where libpq does not even try (a port that is no number). */
	char *text = strncmp(message, "invalid ", 8) != 0 ? said(message) : said_against(conninfo, message);

	sbuf_adds(error, text);
	free(text);
	PQfinish(connection);
	return NULL;
}

PGconn *
connection_open(const char *conninfo)
{
	struct sbuf error = SBUF_INIT;
	char *malformed = NULL;
	PQconninfoOption *options = NULL;
	PGconn *connection;

	if (strstr(conninfo, "://") || strchr(conninfo, '=')) {
		options = PQconninfoParse(conninfo, &malformed);
		if (!options) {
			char *text = said_against(conninfo, malformed);

			die_hint(STATUS_USAGE,
			         "write postgres://user@host:port/database, with %XX for special characters",
			         "not a valid database URL: %s", text);
		}
		PQconninfoFree(options);
	}
	connection = connection_try_open(conninfo, &error);
	if (!connection) {
		const char *const keywords[] = { "dbname", NULL };
		const char *const values[] = { conninfo, NULL };
		/* The server answers a ping even where it refuses the login. */
		bool answered = PQpingParams(keywords, values, 1) == PQPING_OK;

		die(answered ? STATUS_REFUSED : STATUS_UNREACHABLE, "cannot connect: %s", error.text);
	}
	if (PQserverVersion(connection) < SERVER_OLDEST)
		die_hint(STATUS_USAGE, "PostKit reads PostgreSQL 13 to 18",
		         "the server is too old: version %s", PQparameterStatus(connection, "server_version"));
	if (PQserverVersion(connection) > SERVER_NEWEST)
		warn("the server's version %s is newer than this program knows; "
		     "what is new in it may be missed", PQparameterStatus(connection, "server_version"));
	return connection;
}

_Noreturn void
connection_fail(PGconn *connection, const PGresult *result, const char *what)
{
	bool lost = PQstatus(connection) != CONNECTION_OK;
	const char *primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	struct sbuf text = SBUF_INIT;
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *hint = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_HINT) : NULL;
	char *message = said(primary ? primary : PQerrorMessage(connection));

	/* Only SQL_ASCII holds what is no text in any encoding. */
	if (state && !hint && !strcmp(state, "22021"))
		hint = "a name, comment or text of the database is not UTF-8 (its encoding is SQL_ASCII); write it anew there";
	sbuf_addf(&text, "%s: %s", what, message);
	die_report(lost ? STATUS_UNREACHABLE : STATUS_REFUSED,
	           &(struct report){
	                   .text = text.text,
	                   .detail = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL,
	                   .hint = hint,
	                   .sqlstate = state,
	           });
}

static PGresult *
checked(PGconn *connection, PGresult *result, const char *sql)
{
	ExecStatusType status = PQresultStatus(result);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
		struct sbuf what = SBUF_INIT;
		size_t length = strcspn(sql, "\n");

		sbuf_adds(&what, "\"");
		sbuf_add(&what, sql, length > 80 ? 80 : length);
		sbuf_adds(&what, length > 80 || sql[length] ? " …\"" : "\"");
		connection_fail(connection, result, what.text);
	}
	return result;
}

PGresult *
connection_query(PGconn *connection, const char *sql)
{
	return checked(connection, PQexec(connection, sql), sql);
}

void
connection_execute(PGconn *connection, const char *sql)
{
	PQclear(connection_query(connection, sql));
}

PGresult *
connection_query_params(PGconn *connection, const char *sql, int count, const char *const *values)
{
	return checked(connection, PQexecParams(connection, sql, count, NULL, values, NULL, NULL, 0), sql);
}

char *
connection_value(PGconn *connection, const char *sql)
{
	PGresult *result = connection_query(connection, sql);
	struct sbuf value = SBUF_INIT;
	bool found = PQntuples(result) > 0 && !PQgetisnull(result, 0, 0);

	if (found)
		sbuf_add(&value, PQgetvalue(result, 0, 0), (size_t)PQgetlength(result, 0, 0));
	PQclear(result);
	return found ? sbuf_take(&value) : NULL;
}

void
connection_begin_reading(PGconn *connection)
{
	static const char begin[] =
		"begin isolation level repeatable read read only;"
		/* First: until it has run, a database's own timeout holds for this, too. */
		"set local statement_timeout to 0;"
		"set local search_path to '';"
		"set local lock_timeout to 0;"
		"set local idle_in_transaction_session_timeout to 0;"
		"set local datestyle to iso, ymd;"
		"set local intervalstyle to postgres;"
		"set local timezone to 'UTC';"
		"set local extra_float_digits to 3;"
		"set local bytea_output to hex;"
		"set local quote_all_identifiers to off;"
		"set local standard_conforming_strings to on;"
		"set local enable_nestloop to on;"
		"set local work_mem to '32MB';"
		"set local max_parallel_workers_per_gather to 0;"
		"set local jit to off";

	connection_execute(connection, PQtransactionStatus(connection) == PQTRANS_IDLE ? begin : strchr(begin, ';') + 1);
}

char *
conninfo_with_database(const char *conninfo, const char *database)
{
	struct sbuf out = SBUF_INIT;
	char *malformed = NULL;
	PQconninfoOption *options = NULL;

	if (strstr(conninfo, "://") || strchr(conninfo, '='))
		options = PQconninfoParse(conninfo, &malformed);
	PQfreemem(malformed);
	for (PQconninfoOption *o = options; o && o->keyword; o++) {
		if (!o->val || !strcmp(o->keyword, "dbname"))
			continue;
		sbuf_addf(&out, "%s=", o->keyword);
		quote_conninfo(&out, o->val);
		sbuf_addc(&out, ' ');
	}
	PQconninfoFree(options);
	sbuf_adds(&out, "dbname=");
	quote_conninfo(&out, database);
	return sbuf_take(&out);
}
