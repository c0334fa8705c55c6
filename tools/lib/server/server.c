#include "server/server.h"
#include "base/die.h"
#include "base/io.h"
#include "server/binaries.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STOP_SECONDS = 60 };

/* ----------------------------------------------------------- the directory */

static void
real_path(struct arena *arena, const char *path, const char **out)
{
	char *real = realpath(path, NULL);

	if (!real)
		die(STATUS_USAGE, "cannot reach %s: %s", path, strerror(errno));
	*out = arena_string(arena, real);
	free(real);
}

/* Whether DIR is a link to a directory that is still the account's own. */
static bool
link_is_good(const struct account *account, const char *directory)
{
	struct stat status;

	return !stat(directory, &status) && S_ISDIR(status.st_mode) &&
	       status.st_uid == account->uid && !(status.st_mode & 077);
}

static void
make_directory(const struct account *account, const char *directory)
{
	struct stat status;
	struct sbuf elsewhere = SBUF_INIT;

	if (!lstat(directory, &status) && S_ISLNK(status.st_mode)) {
		if (link_is_good(account, directory))
			return;
		/* Temporary files were cleared away since. */
		unlink(directory);
	}
	if (account_directory(account, directory))
		return;
	if (geteuid() == account->uid || (errno != EACCES && errno != EPERM))
		die(STATUS_USAGE, "cannot use the directory %s: %s", directory, strerror(errno));
	if (rmdir(directory))
		die(STATUS_USAGE, "user %ld, as whom the server is to run, cannot enter %s",
		    (long)account->uid, directory);
	account_temporary_directory(account, LIFE_LASTING, 0, &elsewhere);
	if (symlink(elsewhere.text, directory))
		die(STATUS_USAGE, "cannot make the link %s: %s", directory, strerror(errno));
	sbuf_release(&elsewhere);
}

bool
server_find(struct arena *arena, const char *directory, bool make, struct server *server)
{
	struct stat status;

	server->arena = arena;
	server->account = account_for(directory);
	if (make)
		make_directory(&server->account, directory);
	else if (stat(directory, &status) || !S_ISDIR(status.st_mode))
		return false;
	real_path(arena, directory, &server->directory);
	server->data = arena_printf(arena, "%s/data", server->directory);
	server->log = arena_printf(arena, "%s/log", server->directory);
	server->lock = arena_printf(arena, "%s/lock", server->directory);
	return true;
}

void
server_enter(const struct server *server)
{
	account_become(&server->account);
	umask(077);
	/* The directory that we were started in may be closed to the account. */
	if (chdir(server->directory))
		die(STATUS_USAGE, "cannot enter %s: %s", server->directory, strerror(errno));
}

/* --------------------------------------------------------------- its state */

/* The lines of postmaster.pid: pid, data directory, start, port, socket directory, address, memory, status. */
static bool
read_state(const struct server *server, struct server_state *state)
{
	struct sbuf text = SBUF_INIT;
	char *path = arena_printf(server->arena, "%s/postmaster.pid", server->data);
	char *lines[8] = { NULL }, *rest;

	memset(state, 0, sizeof *state);
	if (!file_read(path, &text)) {
		if (errno != ENOENT && errno != ENOTDIR)
			die(STATUS_USAGE, "cannot read %s: %s", path, strerror(errno));
		sbuf_release(&text);
		return false;
	}
	rest = text.text;
	for (size_t i = 0; i < 8 && *rest; i++) {
		size_t length = strcspn(rest, "\n");

		lines[i] = rest;
		rest += length + (rest[length] == '\n');
		lines[i][length] = '\0';
	}
	state->pid = lines[0] ? (pid_t)strtol(lines[0], NULL, 10) : 0;
	state->port = lines[3] ? strtol(lines[3], NULL, 10) : 0;
	state->socket = lines[4] && *lines[4] ? arena_string(server->arena, lines[4]) : NULL;
	state->ready = lines[7] && !strncmp(lines[7], "ready", 5);
	sbuf_release(&text);
	return state->pid > 1;
}

static bool
answers(const struct server_state *state)
{
	char port[32];
	const char *const keys[] = { "host", "port", "user", "dbname", "connect_timeout", NULL };
	const char *const values[] = { state->socket, port, "postgres", "postgres", "5", NULL };
	PGPing ping;

	snprintf(port, sizeof port, "%ld", state->port);
	ping = PQpingParams(keys, values, 0);
	return ping == PQPING_OK || ping == PQPING_REJECT;
}

bool
server_running(const struct server *server, struct server_state *state)
{
	return read_state(server, state) && state->socket && state->port && answers(state);
}

/* Whether somebody has removed the socket: nobody can reach the server any more. */
static bool
socket_is_gone(const struct server *server, const struct server_state *state)
{
	return state->ready && state->socket &&
	       !file_exists(arena_printf(server->arena, "%s/.s.PGSQL.%ld", state->socket, state->port));
}

/* Whether the process works in the data directory, as a postmaster does; where
 * there is no /proc, whether it is there at all. */
static bool
is_postmaster(const struct server *server, pid_t pid)
{
	char link[64], target[4096];
	ssize_t length;

	if (kill(pid, 0) && errno != EPERM)
		return false;
	snprintf(link, sizeof link, "/proc/%ld/cwd", (long)pid);
	length = readlink(link, target, sizeof target - 1);
	if (length < 0)
		return errno != EACCES && access("/proc/self/cwd", F_OK) != 0;
	target[length] = '\0';
	return !strcmp(target, server->data);
}

static int
take_lock(const struct server *server)
{
	int descriptor = open(server->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (descriptor < 0)
		die(STATUS_USAGE, "cannot write %s: %s", server->lock, strerror(errno));
	while (flock(descriptor, LOCK_EX))
		if (errno != EINTR)
			die(STATUS_USAGE, "cannot lock %s: %s", server->lock, strerror(errno));
	return descriptor;
}

static void
doze(long milliseconds)
{
	nanosleep(&(struct timespec){ milliseconds / 1000, milliseconds % 1000 * 1000000 }, NULL);
}

/* The socket's directory, where it is not the server's own. */
static void
remove_socket_directory(const struct server *server, const struct server_state *state)
{
	if (!state->socket || !strcmp(state->socket, server->directory))
		return;
	unlink(arena_printf(server->arena, "%s/.s.PGSQL.%ld", state->socket, state->port));
	unlink(arena_printf(server->arena, "%s/.s.PGSQL.%ld.lock", state->socket, state->port));
	rmdir(state->socket);
}

/* -------------------------------------------------------------------- stop */

static bool
wait_gone(pid_t pid, long seconds)
{
	for (long waited = 0; waited < seconds * 1000; waited += 20) {
		/* It is our child when we started it ourselves. */
		if (waitpid(pid, NULL, WNOHANG) == pid || (kill(pid, 0) && errno == ESRCH))
			return true;
		doze(20);
	}
	return false;
}

static void
stop_postmaster(const struct server *server, pid_t pid, bool at_once)
{
	kill(pid, at_once ? SIGQUIT : SIGINT);
	if (wait_gone(pid, STOP_SECONDS))
		return;
	kill(pid, SIGQUIT);
	if (!wait_gone(pid, STOP_SECONDS))
		die(STATUS_USAGE, "the server (process %ld) does not stop; its log: %s", (long)pid, server->log);
}

bool
server_stop(const struct server *server, bool at_once)
{
	struct server_state state;
	int lock = take_lock(server);
	bool runs = read_state(server, &state) &&
	            ((state.socket && answers(&state)) || is_postmaster(server, state.pid));

	if (runs)
		stop_postmaster(server, state.pid, at_once);
	remove_socket_directory(server, &state);
	close(lock);
	return runs;
}

/* --------------------------------------------------------------------- url */

void
server_url(const struct server_state *state, const char *database, struct sbuf *out)
{
	const char *const parts[] = { state->socket, database };

	sbuf_adds(out, "postgresql://postgres@");
	for (size_t i = 0; i < 2; i++) {
		for (const char *p = parts[i]; *p; p++)
			if (isalnum((unsigned char)*p) || strchr("._-~", *p))
				sbuf_addc(out, *p);
			else
				sbuf_addf(out, "%%%02X", (unsigned char)*p);
		if (!i)
			sbuf_addf(out, ":%ld/", state->port);
	}
}

/* ------------------------------------------------------------------- start */

extern char **environ;

/* The environment of the server's programs: no PG… variable of the user's, messages in English. */
static void
clean_environment(void)
{
	char name[128];

	for (char **entry = environ; *entry;) {
		size_t length = strcspn(*entry, "=");

		if (!strncmp(*entry, "PG", 2) && length < sizeof name) {
			memcpy(name, *entry, length);
			name[length] = '\0';
			unsetenv(name);
			entry = environ;
		} else {
			entry++;
		}
	}
	setenv("LC_ALL", "C", 1);
}

/*
 * Starts a program in a session of its own, with what it says added to the
 * log. It keeps the descriptor `lock` open (-1: none): whoever waits for the
 * lock waits for it, even if we are killed.
 */
static pid_t
launch(const struct server *server, const char *const *argv, int lock)
{
	pid_t child = fork();
	int null, log;

	if (child < 0)
		die(STATUS_USAGE, "cannot start a process: %s", strerror(errno));
	if (child)
		return child;
	setsid();
	/* A handler of ours must not be what a signal meets in there. */
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	null = open("/dev/null", O_RDONLY);
	log = open(server->log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (null < 0 || log < 0 || dup2(null, 0) < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0)
		_exit(126);
	/* What make or a test handed down must not stay open as long as the server runs. */
	for (int descriptor = 3; descriptor < 256; descriptor++)
		if (descriptor != lock)
			close(descriptor);
	if (lock >= 0)
		fcntl(lock, F_SETFD, 0);
	clean_environment();
	execv(argv[0], (char *const *)argv);
	fprintf(stderr, "cannot run %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

/* Ends the program with the last words of the log since `start`. */
static _Noreturn void
die_with_log(const struct server *server, off_t start, const char *what)
{
	struct sbuf text = SBUF_INIT, told = SBUF_INIT;
	const char *words, *line;
	int skip = 0;

	if (file_read(server->log, &text) && text.length > (size_t)start)
		words = text.text + start;
	else
		words = "";
	for (line = words; *line; line++)
		skip += *line == '\n';
	skip -= 8;
	for (line = words; *line && skip > 0; line++)
		skip -= *line == '\n';
	sbuf_adds(&told, line);
	while (told.length && told.text[told.length - 1] == '\n')
		sbuf_cut(&told, told.length - 1);
	die_report(STATUS_USAGE,
	           &(struct report){ .text = what,
	                             .detail = told.text,
	                             .hint = arena_printf(server->arena, "its log: %s", server->log) });
}

/* Where the log ends now. A log that has grown large is begun anew. */
static off_t
log_end(const struct server *server)
{
	struct stat status;

	if (stat(server->log, &status))
		return 0;
	if (status.st_size > 4 * 1024 * 1024 && !truncate(server->log, 0))
		return 0;
	return status.st_size;
}

static const char settings[] =
	"\n# PostKit: a scratch server. Unix socket only; what it holds can be made again.\n"
	"listen_addresses = ''\n"
	"port = 5432\n"
	"max_connections = 50\n"
	"max_locks_per_transaction = 1024\n"
	"fsync = off\n"
	"synchronous_commit = off\n"
	"full_page_writes = off\n"
	"wal_level = logical\n" /* so that publications are made without a warning */
	"max_wal_senders = 0\n"
	"checkpoint_timeout = 30min\n"
	"autovacuum_max_workers = 1\n"
	"autovacuum_naptime = 5min\n"
	"jit = off\n"
	"timezone = 'UTC'\n"
	"log_timezone = 'UTC'\n"
	"logging_collector = off\n"
	"log_min_messages = fatal\n"
	"log_min_error_statement = panic\n"
	"update_process_title = off\n";

/* What a killed initdb left. */
static void
remove_cluster(const char *path)
{
	if (!directory_remove(path))
		die(STATUS_USAGE, "cannot remove %s: %s", path, strerror(errno));
}

/* Makes the cluster beside its place and then moves it there. */
static void
make_cluster(const struct server *server, const struct binaries *binaries, int lock)
{
	struct arena *arena = server->arena;
	char *new = arena_printf(arena, "%s.new", server->data);
	char *program = arena_printf(arena, "%s/initdb", binaries->directory);
	char *configuration = arena_printf(arena, "%s/postgresql.conf", new);
	off_t start = log_end(server);
	locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
	char *locale = arena_printf(arena, "--locale=%s", utf8 ? "C.UTF-8" : "C");
	const char *const argv[] = { program, "-D", new, "-U", "postgres", "-A", "trust",
		                     "-E", "UTF8", "-N", locale, "--lc-messages=C", NULL };
	struct sbuf text = SBUF_INIT;
	int status;
	pid_t child;

	if (utf8)
		freelocale(utf8);
	remove_cluster(new);
	child = launch(server, argv, lock);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		directory_remove(new);
		die_with_log(server, start, "initdb could not make a cluster");
	}
	file_must_read(configuration, &text);
	sbuf_adds(&text, settings);
	file_replace_mode(configuration, text.text, text.length, 0600);
	sbuf_release(&text);
	if (rename(new, server->data))
		die(STATUS_USAGE, "cannot rename %s: %s", new, strerror(errno));
}

/* The major version of the cluster that is there; 0: there is none. */
static long
cluster_version(const struct server *server)
{
	struct sbuf text = SBUF_INIT;
	long major = 0;

	if (file_read(arena_printf(server->arena, "%s/PG_VERSION", server->data), &text))
		major = strtol(text.text, NULL, 10);
	else if (file_exists(server->data))
		die_hint(STATUS_USAGE, "remove it and start again",
		         "%s is not a cluster of PostgreSQL", server->data);
	sbuf_release(&text);
	return major;
}

/* A directory for the socket whose path fits and means the same to everyone who reads it. */
static const char *
socket_directory(const struct server *server)
{
	/* sockaddr_un.sun_path has 108 bytes on Linux, 104 elsewhere, with its NUL. */
	enum { LONGEST = 103 - (int)sizeof "/.s.PGSQL.5432" };
	struct sbuf path = SBUF_INIT;
	bool plain = strlen(server->directory) <= LONGEST;

	for (const char *p = server->directory; *p; p++)
		if ((unsigned char)*p < ' ' || strchr(",\"'\\", *p))
			plain = false;
	if (plain)
		return server->directory;
	account_temporary_directory(&server->account, LIFE_SHORT, LONGEST, &path);
	return arena_string(server->arena, path.text);
}

static void
start_postmaster(const struct server *server, const struct binaries *binaries,
                 struct server_state *state)
{
	struct arena *arena = server->arena;
	off_t start = log_end(server);
	const char *socket = socket_directory(server);
	const char *const argv[] = {
		arena_printf(arena, "%s/postgres", binaries->directory), "-D", server->data,
		"-c", arena_printf(arena, "unix_socket_directories=\"%s\"", socket), NULL
	};
	pid_t child = launch(server, argv, -1);

	/* No limit: recovery after a crash takes what it takes, and a server that cannot start ends. */
	for (long wait = 5;; wait = wait < 100 ? wait * 2 : wait) {
		if (waitpid(child, NULL, WNOHANG) == child) {
			if (strcmp(socket, server->directory))
				rmdir(socket);
			die_with_log(server, start, "the server could not start");
		}
		if (read_state(server, state) && state->pid == child && state->ready && answers(state))
			return;
		doze(wait);
	}
}

void
server_start(const struct server *server, long major, struct server_state *state)
{
	struct binaries binaries;
	int lock = take_lock(server);
	long present;

	if (server_running(server, state)) {
		close(lock);
		return;
	}
	present = cluster_version(server);
	if (present && major && present != major)
		die_hint(STATUS_USAGE,
		         arena_printf(server->arena, "stop using --server-version, or remove %s (it is made anew)",
		                      server->data),
		         "%s is a cluster of PostgreSQL %ld, not %ld", server->data, present, major);
	binaries = binaries_find(server->arena, present ? present : major);
	/* What a crash left. A process that has the number of the old server by chance would keep the
	 * new one from starting; one that is the server, but does not answer, must. */
	if (state->pid) {
		if (!is_postmaster(server, state->pid))
			unlink(arena_printf(server->arena, "%s/postmaster.pid", server->data));
		else if (socket_is_gone(server, state))
			stop_postmaster(server, state->pid, false);
		remove_socket_directory(server, state);
	}
	if (!present)
		make_cluster(server, &binaries, lock);
	start_postmaster(server, &binaries, state);
	close(lock);
}
