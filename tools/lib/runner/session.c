#include "runner/session.h"
#include "runner/watch.h"

#include "base/arena.h"
#include "base/die.h"
#include "pg/connection.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---------------------------------------------------------------- signals */

static volatile sig_atomic_t signal_received;
/* A byte for each signal, so that poll() wakes up whenever one came. */
static int wake[2] = { -1, -1 };

static void
remember_signal(int number)
{
	int error = errno;

	if (signal_received) {
		signal(number, SIG_DFL);
		raise(number);
	}
	signal_received = number;
	if (write(wake[1], "", 1) < 0)
		errno = error;
	errno = error;
}

static void
take_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

	if (wake[0] >= 0)
		return;
	if (pipe(wake))
		die(STATUS_BUG, "pipe: %s", strerror(errno));
	for (size_t i = 0; i < 2; i++) {
		fcntl(wake[i], F_SETFD, FD_CLOEXEC);
		fcntl(wake[i], F_SETFL, O_NONBLOCK);
	}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct sigaction action = { .sa_handler = remember_signal, .sa_flags = SA_RESTART };
		struct sigaction old;

		/* nohup, and shells for what runs in the background, ignore them on purpose. */
		if (!sigaction(numbers[i], NULL, &old) && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
	signal(SIGPIPE, SIG_IGN);
}

bool
session_interrupted(void)
{
	return signal_received != 0;
}

_Noreturn void
session_end_interrupted(void)
{
	int number = signal_received;

	signal(number, SIG_DFL);
	raise(number);
	_exit(128 + number);
}

/* Waits for the server (descriptor < 0: for nothing) at most so long; false: time is over. */
static bool
wait_for(int descriptor, int milliseconds)
{
	struct pollfd files[] = { { .fd = wake[0], .events = POLLIN },
		                  { .fd = descriptor, .events = POLLIN } };
	char byte;

	if (poll(files, descriptor < 0 ? 1 : 2, milliseconds) == 0)
		return false;
	while (read(wake[0], &byte, 1) > 0)
		continue;
	return true;
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

bool
session_sleep(double seconds)
{
	for (double end = now() + seconds, left; !signal_received && (left = end - now()) > 0;)
		wait_for(-1, (int)(left * 1000) + 1);
	return !signal_received;
}

/* --------------------------------------------------------------- messages */

void
failure_release(struct failure *failure)
{
	sbuf_release(&failure->text);
	sbuf_release(&failure->detail);
	sbuf_release(&failure->hint);
}

static void
set_text(struct sbuf *out, const char *text)
{
	size_t length = text ? strlen(text) : 0;

	while (length && text[length - 1] == '\n')
		length--;
	sbuf_reset(out);
	if (length)
		sbuf_add(out, text, length);
}

static void
set_failure(struct failure *failure, const PGresult *result, size_t statement)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
	const char *context = PQresultErrorField(result, PG_DIAG_CONTEXT);

	memset(failure->sqlstate, 0, sizeof failure->sqlstate);
	memcpy(failure->sqlstate, state ? state : "", state ? strnlen(state, 5) : 0);
	set_text(&failure->text, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
	set_text(&failure->detail, PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
	set_text(&failure->hint, PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
	if (context && *context) {
		/* Where in a function, say: as good as a detail. */
		if (failure->detail.length)
			sbuf_addc(&failure->detail, '\n');
		sbuf_adds(&failure->detail, context);
	}
	failure->position = position ? (size_t)strtoul(position, NULL, 10) : 0;
	failure->statement = statement;
}

/* Warnings are the migration's words to whoever runs it; notices are chatter. */
static void
say_warning(void *of, const PGresult *result)
{
	const struct session *session = of;
	const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
	const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

	if (!session->running || !severity || strcmp(severity, "WARNING"))
		return;
	report(&(struct report){ .severity = "warning", .file = session->running,
	                         .text = text ? text : "",
	                         .detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL),
	                         .hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT) });
}

/* ------------------------------------------------------------- connection */

static void
adopt(struct session *session, PGconn *connection)
{
	session->connection = connection;
	PQsetNoticeReceiver(connection, say_warning, session);
}

void
session_open(struct session *session, const char *conninfo, bool watched)
{
	*session = (struct session){ .conninfo = conninfo };
	take_signals();
	adopt(session, connection_open(conninfo));
	session->own_role = connection_value(session->connection,
		"select 'set local session authorization default; set local role ' ||"
		" case when current_user = session_user then 'none' else pg_catalog.quote_ident(current_user) end"
		" || ';'");
	if (watched)
		session->watch = watch_start(conninfo);
}

void
session_close(struct session *session)
{
	watch_end(session->watch);
	PQfinish(session->connection);
	free(session->own_role);
	*session = (struct session){ .conninfo = NULL };
}

bool
session_reopen(struct session *session, struct sbuf *why)
{
	PGconn *connection = NULL;

	PQfinish(session->connection);
	session->connection = NULL;
	for (double pause = 0.1, end = now() + 10; !connection; pause *= 2) {
		sbuf_reset(why);
		connection = connection_try_open(session->conninfo, why);
		if (!connection && (now() + pause > end || !session_sleep(pause)))
			return false;
	}
	adopt(session, connection);
	return true;
}

/* ---------------------------------------------------------------- running */

static void
cancel(struct session *session)
{
	char error[256];
	PGcancel *cancel = PQgetCancel(session->connection);

	/* What cannot be cancelled is waited for. */
	if (cancel && !PQcancel(cancel, error, sizeof error))
		warn("cannot cancel the statement: %s", error);
	PQfreeCancel(cancel);
}

/* The next result, NULL after the last, however long it takes. */
static PGresult *
next_result(struct session *session, bool *cancelled)
{
	PGconn *connection = session->connection;

	while (PQflush(connection) == 1 || PQisBusy(connection)) {
		if (signal_received && !*cancelled) {
			*cancelled = true;
			cancel(session);
		}
		if (!wait_for(PQsocket(connection), session->watch ? 1000 : -1))
			watch_look(session->watch, PQbackendPID(connection), session->running);
		else if (!PQconsumeInput(connection))
			break;
	}
	return PQgetResult(connection);
}

enum outcome
session_run(struct session *session, const char *sql, PGresult **rows, struct failure *failure)
{
	PGconn *connection = session->connection;
	PGresult *result;
	size_t done = 0;
	bool failed = false, cancelled = false;

	if (rows)
		*rows = NULL;
	if (!PQsendQuery(connection, sql)) {
		set_text(&failure->text, PQerrorMessage(connection));
		return OUTCOME_LOST;
	}
	while ((result = next_result(session, &cancelled))) {
		ExecStatusType status = PQresultStatus(result);

		if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
			done++;
			if (rows && status == PGRES_TUPLES_OK) {
				PQclear(*rows);
				*rows = result;
				continue;
			}
		} else if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) {
			/* The splitter lets no such statement through. */
			die(STATUS_BUG, "the server wants to copy data");
		} else if (status != PGRES_EMPTY_QUERY && !failed) {
			failed = true;
			set_failure(failure, result, done);
		}
		PQclear(result);
		if (PQstatus(connection) == CONNECTION_BAD)
			break;
	}
	watch_clear(session->watch);
	if (PQstatus(connection) == CONNECTION_BAD) {
		if (!failed)
			set_text(&failure->text, PQerrorMessage(connection));
		return OUTCOME_LOST;
	}
	if (!failed)
		return OUTCOME_DONE;
	return cancelled && !strcmp(failure->sqlstate, "57014") ? OUTCOME_INTERRUPTED : OUTCOME_REFUSED;
}

PGresult *
session_query(struct session *session, const char *sql)
{
	struct failure failure = FAILURE_INIT;
	PGresult *rows;
	enum outcome outcome = session_run(session, sql, &rows, &failure);

	if (outcome == OUTCOME_INTERRUPTED)
		session_end_interrupted();
	if (outcome != OUTCOME_DONE)
		die_report(outcome == OUTCOME_LOST ? STATUS_UNREACHABLE : STATUS_REFUSED,
		           &(struct report){ .text = failure.text.text, .detail = failure.detail.text,
		                             .hint = failure.hint.text, .sqlstate = failure.sqlstate });
	failure_release(&failure);
	return rows;
}

bool
session_rollback(struct session *session)
{
	struct failure failure = FAILURE_INIT;
	PGTransactionStatusType status = PQtransactionStatus(session->connection);

	if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
		session_run(session, "rollback", NULL, &failure);
	failure_release(&failure);
	return PQstatus(session->connection) == CONNECTION_OK;
}
