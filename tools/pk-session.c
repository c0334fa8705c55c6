/* pk-session: begins, shows and ends the session of a project. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "session/session.h"

#include <stdio.h>
#include <string.h>

static const struct usage usage = {
	.name = "pk-session",
	.summary = "begins, shows and ends a session",
	.operands = "VERB FILE [OPERAND]...",
	.description =
		"A session is the work on a copy of one remote; FILE (session.json) says which.\n\n"
		"  start FILE REMOTE LOCAL  begins one; both are DATABASE operands (@remote:NAME, @local)\n"
		"  status FILE              what it is about, on lines NAME: VALUE\n"
		"  json FILE                the same as JSON; {\"active\": false} without one\n"
		"  active FILE              exit 0 when one is active, else say so and exit 1\n"
		"  free FILE                exit 0 when none is active, else say so and exit 1\n"
		"  end FILE                 ends it; the databases stay as they are",
	.least = 2, .most = 4,
};

static void
start(struct arena *arena, const char *path, const char *remote, const char *local)
{
	const char *name = NULL;

	if (!strncmp(remote, "@remote:", 8))
		name = remote + 8;
	else if (!strcmp(remote, "@remote"))
		name = config_default_remote(config_read(arena))->name;
	work_session_start(arena, path, name, config_database(arena, remote), config_database(arena, local));
}

static void
status(const struct work_session *session)
{
	if (!session->active) {
		puts("session: none");
		return;
	}
	printf("session: on %s, since %s\n", session->remote, session->started_at);
	printf("planned: %s\napplied: %s\nmigrations: %zu\n", session->planned ? "yes" : "no",
	       session->applied ? "yes" : "no", session->migration_count);
}

static void
print_json(const struct work_session *session)
{
	struct sbuf text = SBUF_INIT;

	if (session->active)
		json_write(&text, session->file.root);
	else
		sbuf_adds(&text, "{\"active\": false}\n");
	fputs(text.text, stdout);
	sbuf_release(&text);
}

int
main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	const char *verb = operands[0], *path = operands[1];

	if ((count == 4) != !strcmp(verb, "start"))
		die(STATUS_USAGE, "start takes FILE REMOTE LOCAL, all else takes FILE; see pk-session --help");
	if (!strcmp(verb, "start"))
		start(&arena, path, operands[2], operands[3]);
	else if (!strcmp(verb, "status"))
		status(work_session_read(&arena, path));
	else if (!strcmp(verb, "json"))
		print_json(work_session_read(&arena, path));
	else if (!strcmp(verb, "active") || !strcmp(verb, "free"))
		work_session_check(work_session_read(&arena, path), *verb == 'a');
	else if (!strcmp(verb, "end"))
		work_session_end(&arena, path);
	else
		die_hint(STATUS_USAGE, "see pk-session --help", "there is no verb %s", verb);
	output_close();
	return STATUS_DONE;
}
