#include "runner/lock.h"

#include "base/die.h"
#include "migration/table.h"

#include <stdlib.h>
#include <string.h>

/* The others' session, as far as our rights show it. Null columns: not visible, or not known. */
static const char holder_query[] =
	"select l.pid, nullif(a.application_name, ''), a.usename,"
	" coalesce(a.client_hostname, host(a.client_addr), case when a.pid is not null then 'this machine' end),"
	" to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'), a.state,"
	" nullif(regexp_replace(left(a.query, 200), '\\s+', ' ', 'g'), ''),"
	" floor(extract(epoch from pg_catalog.clock_timestamp() - a.query_start))::bigint"
	" from pg_catalog.pg_locks l left join pg_catalog.pg_stat_activity a using (pid)"
	" where l.locktype = 'advisory' and l.granted"
	" and l.database = (select oid from pg_catalog.pg_database where datname = current_database())"
	" and l.classid = 7368563 and l.objid = 1953196404 and l.objsubid = 1";

static const char *
field(const PGresult *rows, int column)
{
	return PQgetisnull(rows, 0, column) ? NULL : PQgetvalue(rows, 0, column);
}

/* Puts one sentence about the holder into `who`, and what it does into `what`. */
static void
describe_holder(struct session *session, struct sbuf *who, struct sbuf *what)
{
	PGresult *rows = session_query(session, holder_query);

	sbuf_reset(who);
	sbuf_reset(what);
	if (!PQntuples(rows)) {
		sbuf_adds(who, "somebody who has just let it go");
	} else {
		const char *application = field(rows, 1), *user = field(rows, 2), *host = field(rows, 3),
		           *since = field(rows, 4), *state = field(rows, 5), *query = field(rows, 6),
		           *age = field(rows, 7);

		sbuf_addf(who, "server process %s", field(rows, 0));
		if (application)
			sbuf_addf(who, " (%s)", application);
		if (user)
			sbuf_addf(who, " of %s", user);
		if (host)
			sbuf_addf(who, " from %s", host);
		if (since)
			sbuf_addf(who, ", connected since %s UTC", since);
		if (state)
			sbuf_addf(what, "it is %s", state);
		if (query && age)
			sbuf_addf(what, ", for %s s: %s", age, query);
	}
	PQclear(rows);
}

static bool
ask(struct session *session)
{
	PGresult *rows = session_query(session, "select pg_catalog.pg_try_advisory_lock(" TABLE_LOCK ")");
	bool taken = *PQgetvalue(rows, 0, 0) == 't';

	PQclear(rows);
	return taken;
}

bool
lock_try(struct session *session, long seconds, struct sbuf *who, struct sbuf *what)
{
	double waited = 0, pause = 0.05;

	while (!ask(session)) {
		bool first = waited == 0, last = waited + pause > (double)seconds;

		if (first || last)
			describe_holder(session, who, what);
		if (last)
			return false;
		if (first)
			note("waiting for the lock of this database, held by %s", who->text);
		if (!session_sleep(pause))
			session_end_interrupted();
		waited += pause;
		pause = pause < 1 ? pause * 2 : 1;
	}
	return true;
}

void
lock_take(struct session *session, long seconds)
{
	struct sbuf who = SBUF_INIT, what = SBUF_INIT, text = SBUF_INIT;

	if (!lock_try(session, seconds, &who, &what)) {
		sbuf_addf(&text, "another runner has the lock of this database: %s", who.text);
		die_report(STATUS_NO, &(struct report){
		        .text = text.text, .detail = what.text,
		        .hint = "wait for it (--lock-wait SECONDS), or end it with pg_terminate_backend()" });
	}
	sbuf_release(&who);
	sbuf_release(&what);
}
