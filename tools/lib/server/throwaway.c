#include "server/throwaway.h"
#include "base/die.h"
#include "base/io.h"
#include "server/server.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const int ending[] = { SIGINT, SIGTERM, SIGHUP };
enum { ENDING = sizeof ending / sizeof *ending };

static volatile sig_atomic_t command_process, ended_by;

static void
hand_on(int number)
{
	ended_by = number;
	if (command_process > 0)
		kill((pid_t)command_process, number);
}

static void
handle_ending(void (*handler)(int))
{
	for (size_t i = 0; i < ENDING; i++)
		signal(ending[i], handler);
}

static int
wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return STATUS_BUG;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Starts the server, writes its URL, socket and port to `said`, and stops it when `life` is closed. */
static _Noreturn void
serve(const struct server *server, long major, int said, int life)
{
	struct server_state state;
	struct sbuf line = SBUF_INIT;
	char byte;

	server_enter(server);
	server_start(server, major, &state);
	server_url(&state, "postgres", &line);
	sbuf_addf(&line, "\n%s\n%ld\n", state.socket, state.port);
	descriptor_write(said, line.text, line.length);
	close(said);
	while (read(life, &byte, 1) < 0 && errno == EINTR)
		continue;
	server_stop(server, true);
	_exit(STATUS_DONE);
}

static pid_t
start_process(void)
{
	pid_t child = fork();

	if (child < 0)
		die(STATUS_USAGE, "cannot start a process: %s", strerror(errno));
	return child;
}

/* The keeper keeps its rights: the directory's own entry may be root's to remove. What is in
 * there is removed as the account, which made it. */
static _Noreturn void
keep(const struct server *server, long major, int said, int life)
{
	int status;
	pid_t child;

	/* The terminal's Ctrl-C is for the command. */
	setsid();
	handle_ending(SIG_IGN);
	if (!(child = start_process()))
		serve(server, major, said, life);
	close(said);
	close(life);
	status = wait_for(child);
	if (!(child = start_process())) {
		server_enter(server);
		if (!chdir("/"))
			directory_remove(server->directory);
		_exit(STATUS_DONE);
	}
	wait_for(child);
	if (rmdir(server->directory) && errno != ENOENT)
		die(STATUS_USAGE, "cannot remove %s: %s", server->directory, strerror(errno));
	_exit(status);
}

/* The three lines that the keeper says; false when it died instead. */
static bool
hear(int descriptor, struct sbuf *text)
{
	char block[4096];
	ssize_t n;

	while ((n = read(descriptor, block, sizeof block)) != 0) {
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			sbuf_add(text, block, (size_t)n);
	}
	return text->length > 0;
}

static void
set_environment(char *lines)
{
	/* What would lead elsewhere, or refuse a server that trusts. */
	static const char *const others[] = { "PGHOSTADDR", "PGSERVICE", "PGOPTIONS", "PGGSSENCMODE",
		                              "PGCHANNELBINDING", "PGTARGETSESSIONATTRS",
		                              "PGREQUIREAUTH", "PGREQUIREPEER" };
	static const char *const names[] = { "POSTKIT_SERVER_URL", "PGHOST", "PGPORT" };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		unsetenv(others[i]);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *next = lines + strcspn(lines, "\n");

		*next = '\0';
		setenv(names[i], lines, 1);
		lines = next + 1;
	}
	setenv("PGUSER", "postgres", 1);
	setenv("PGDATABASE", "postgres", 1);
}

/* Its exit status. A signal that comes before the command is there keeps it from starting. */
static int
run_command(char **command)
{
	sigset_t signals, old;
	pid_t child;

	sigemptyset(&signals);
	for (size_t i = 0; i < ENDING; i++)
		sigaddset(&signals, ending[i]);
	sigprocmask(SIG_BLOCK, &signals, &old);
	if (ended_by)
		return 128 + ended_by;
	if (!(child = start_process())) {
		handle_ending(SIG_DFL);
		sigprocmask(SIG_SETMASK, &old, NULL);
		execvp(command[0], command);
		report(&(struct report){ .file = command[0], .text = strerror(errno) });
		_exit(127);
	}
	command_process = child;
	sigprocmask(SIG_SETMASK, &old, NULL);
	return wait_for(child);
}

int
throwaway_run(struct arena *arena, long major, char **command)
{
	struct sbuf directory = SBUF_INIT, lines = SBUF_INIT;
	struct account account = account_for(".");
	struct server server;
	int said[2], life[2], status;
	pid_t keeper;

	account_temporary_directory(&account, LIFE_SCRATCH, 0, &directory);
	server_find(arena, directory.text, true, &server);
	if (pipe(said) || pipe(life))
		die(STATUS_USAGE, "cannot make a pipe: %s", strerror(errno));
	fcntl(said[0], F_SETFD, FD_CLOEXEC);
	fcntl(life[1], F_SETFD, FD_CLOEXEC);
	handle_ending(hand_on);
	if (!(keeper = start_process())) {
		close(said[0]);
		close(life[1]);
		keep(&server, major, said[1], life[0]);
	}
	close(said[1]);
	close(life[0]);
	if (!hear(said[0], &lines)) {
		status = wait_for(keeper);
		exit(status ? status : STATUS_BUG);
	}
	close(said[0]);
	set_environment(lines.text);
	status = run_command(command);
	close(life[1]);
	wait_for(keeper);
	sbuf_release(&directory);
	sbuf_release(&lines);
	return status;
}
