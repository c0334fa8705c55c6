#include "runner/watch.h"

#include "base/arena.h"
#include "base/sbuf.h"
#include "pg/connection.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct watch {
	const char *conninfo;
	PGconn *connection;
	bool failed; /* there is no second connection to be had */
	bool shown;
};

/* One row: what it does, how much of it is done (percent), who is in the way. */
static const char progress_query[] =
	"select coalesce(i.command || ': ' || i.phase, v.phase, c.command || ': ' || c.phase, 'running'),"
	" case when i.tuples_total > 0 then i.tuples_done * 100 / i.tuples_total"
	"  when i.blocks_total > i.blocks_done then i.blocks_done * 100 / i.blocks_total"
	"  when i.lockers_total > 0 then i.lockers_done * 100 / i.lockers_total"
	"  when v.heap_blks_total > 0 then v.heap_blks_scanned * 100 / v.heap_blks_total"
	"  when c.heap_blks_total > 0 then c.heap_blks_scanned * 100 / c.heap_blks_total end,"
	" floor(extract(epoch from pg_catalog.clock_timestamp() - a.query_start))::bigint,"
	" pg_catalog.array_to_string(pg_catalog.pg_blocking_pids(a.pid), ', ')"
	" from pg_catalog.pg_stat_activity a"
	" left join pg_catalog.pg_stat_progress_create_index i using (pid)"
	" left join pg_catalog.pg_stat_progress_vacuum v using (pid)"
	" left join pg_catalog.pg_stat_progress_cluster c using (pid)"
	" where a.pid = $1::int";

struct watch *
watch_start(const char *conninfo)
{
	struct watch *watch = NULL;

	if (isatty(STDERR_FILENO)) {
		watch = memory_resize(NULL, sizeof *watch);
		*watch = (struct watch){ .conninfo = conninfo };
	}
	return watch;
}

void
watch_end(struct watch *watch)
{
	watch_clear(watch);
	if (watch && watch->connection)
		PQfinish(watch->connection);
	free(watch);
}

static PGresult *
read_progress(struct watch *watch, int pid)
{
	struct sbuf number = SBUF_INIT, error = SBUF_INIT;
	PGresult *rows;

	if (!watch->connection)
		watch->connection = connection_try_open(watch->conninfo, &error);
	sbuf_release(&error);
	if (!watch->connection)
		return NULL;
	sbuf_addf(&number, "%d", pid);
	rows = PQexecParams(watch->connection, progress_query, 1, NULL,
	                    (const char *const[]){ number.text }, NULL, NULL, 0);
	sbuf_release(&number);
	if (PQresultStatus(rows) == PGRES_TUPLES_OK && PQntuples(rows) == 1)
		return rows;
	PQclear(rows);
	return NULL;
}

static size_t
terminal_width(void)
{
	struct winsize size;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col < 20 ? 79 : size.ws_col - 1u;
}

void
watch_look(struct watch *watch, int pid, const char *running)
{
	struct sbuf line = SBUF_INIT;
	PGresult *rows;
	size_t width;

	if (!watch || watch->failed)
		return;
	rows = read_progress(watch, pid);
	if (!rows) {
		watch->failed = true;
		return;
	}
	if (running)
		sbuf_addf(&line, "%s: ", running);
	/* What matters most comes first: a terminal is narrow. */
	sbuf_addf(&line, "%s s, ", PQgetvalue(rows, 0, 2));
	if (*PQgetvalue(rows, 0, 3))
		sbuf_addf(&line, "blocked by server process %s, ", PQgetvalue(rows, 0, 3));
	sbuf_adds(&line, PQgetvalue(rows, 0, 0));
	if (!PQgetisnull(rows, 0, 1))
		sbuf_addf(&line, " %s%%", PQgetvalue(rows, 0, 1));
	PQclear(rows);
	width = terminal_width();
	for (size_t i = 0; i < line.length; i++)
		if ((unsigned char)line.text[i] < ' ')
			line.text[i] = '?';
	if (line.length > width) {
		while (width && ((unsigned char)line.text[width] & 0xc0) == 0x80)
			width--;
		sbuf_cut(&line, width);
	}
	fprintf(stderr, "\r%s\033[K", line.text);
	fflush(stderr);
	watch->shown = true;
	sbuf_release(&line);
}

void
watch_clear(struct watch *watch)
{
	if (!watch || !watch->shown)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	watch->shown = false;
}
