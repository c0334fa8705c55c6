/* pk-session: begins, shows and ends the session of a project. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "session/lock.h"
#include "session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct usage usage = {
	.name = "pk-session",
	.summary = "begins, shows and ends a session",
	.operands = "VERB FILE [OPERAND]...",
	.description =
		"A session is the work on a copy of one remote; FILE (session.json) says which.\n\n"
		"  start FILE REMOTE LOCAL  begins one; both are DATABASE operands (@remote:NAME, @local)\n"
		"  status FILE              what it is about, on lines NAME: VALUE\n"
		"  json FILE [NEXT]         the same as JSON; {\"active\": false} without one; NEXT is added to it as \"next\"\n"
		"  active FILE              exit 0 when one is active, else say so and exit 1\n"
		"  free FILE                exit 0 when none is active, else say so and exit 1\n"
		"  set FILE KEY=VALUE...    sets members of pendingChanges\n"
		"  get FILE KEY             prints one of: planned, applied, migrationApplied, seedsApplied (true or\n"
		"                           false), schemaFingerprint, migration (an empty line for none)\n"
		"  add FILE DIR NAME        a new migration, from standard input, into DIR/session; prints its path\n"
		"  add-manual FILE DIR NAME the same for one that was written by hand\n"
		"  migrations FILE          those of the session: plan or manual, a blank, the path\n"
		"  lock FILE PROCESS        takes the lock FILE for a process, for as long as it lives; says who else has it, and\n"
		"                           exits 1\n"
		"  end FILE                 ends it; the databases stay as they are",
	.least = 2, .most = 12,
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
print_json(const struct work_session *session, const char *next)
{
	struct sbuf text = SBUF_INIT;
	cJSON *root = session->active ? session->file.root : json_made(cJSON_CreateObject());

	if (!session->active)
		json_made(cJSON_AddFalseToObject(root, "active"));
	if (next)
		json_set_string(root, "next", next);
	json_write(&text, root);
	fputs(text.text, stdout);
	sbuf_release(&text);
}

static void
get(const struct work_session *session, const char *key)
{
	static const char *const words[] = { "false", "true" };

	if (!strcmp(key, "planned"))
		puts(words[session->planned]);
	else if (!strcmp(key, "applied"))
		puts(words[session->applied]);
	else if (!strcmp(key, "migrationApplied"))
		puts(words[session->migration_applied]);
	else if (!strcmp(key, "seedsApplied"))
		puts(words[session->seeds_applied]);
	else if (!strcmp(key, "schemaFingerprint"))
		puts(session->fingerprint ? session->fingerprint : "");
	else if (!strcmp(key, "migration"))
		puts(session->migration ? session->migration : "");
	else
		die_hint(STATUS_USAGE, "see pk-session --help", "get does not know %s", key);
}

static void
add(struct arena *arena, const struct work_session *session, const char *directory, const char *name, bool manual)
{
	struct sbuf text = SBUF_INIT;

	file_must_read("-", &text);
	puts(work_session_add(arena, session, directory, name, &text, manual));
	sbuf_release(&text);
}

static void
list(const struct work_session *session)
{
	for (size_t i = 0; i < session->migration_count; i++)
		printf("%s %s\n", session->migrations[i].manual ? "manual" : "plan", session->migrations[i].path);
}

/* The verbs and how many operands follow FILE; the last ones need an active session. */
static const struct verb {
	const char *name;
	size_t least, most;
	bool active;
} verbs[] = {
	{ "start", 2, 2, false }, { "status", 0, 0, false }, { "json", 0, 1, false }, { "active", 0, 0, false },
	{ "free", 0, 0, false },  { "end", 0, 0, false },    { "set", 1, 10, true },  { "get", 1, 1, true },
	{ "add", 2, 2, true },    { "add-manual", 2, 2, true }, { "migrations", 0, 0, true },
	{ "lock", 1, 1, false },  { NULL, 0, 0, false },
};

static const struct verb *
verb_find(const char *name, size_t operands)
{
	const struct verb *verb = verbs;

	while (verb->name && strcmp(verb->name, name) != 0)
		verb++;
	if (!verb->name)
		die_hint(STATUS_USAGE, "see pk-session --help", "there is no verb %s", name);
	if (operands < verb->least || operands > verb->most)
		die_hint(STATUS_USAGE, "see pk-session --help", "%s does not take %zu operands", name, operands);
	return verb;
}

int
main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	const char *verb = operands[0], *path = operands[1];
	const struct verb *known = verb_find(verb, count - 2);
	struct work_session *session;

	if (!strcmp(verb, "lock")) {
		work_lock_take(path, strtol(operands[2], NULL, 10));
		return STATUS_DONE;
	}
	session = work_session_read(&arena, path);
	if (known->active)
		work_session_check(session, true);
	if (!strcmp(verb, "start"))
		start(&arena, path, operands[2], operands[3]);
	else if (!strcmp(verb, "status"))
		status(session);
	else if (!strcmp(verb, "json"))
		print_json(session, operands[2]);
	else if (!strcmp(verb, "active") || !strcmp(verb, "free"))
		work_session_check(session, *verb == 'a');
	else if (!strcmp(verb, "set"))
		work_session_set(session, operands + 2, count - 2);
	else if (!strcmp(verb, "get"))
		get(session, operands[2]);
	else if (!strncmp(verb, "add", 3))
		add(&arena, session, operands[2], operands[3], !strcmp(verb, "add-manual"));
	else if (!strcmp(verb, "migrations"))
		list(session);
	else
		work_session_end(&arena, path);
	output_close();
	return STATUS_DONE;
}
