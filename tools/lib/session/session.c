#include "session/session.h"

#include "base/clock.h"
#include "base/die.h"
#include "base/io.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct work_session *
work_session_read(struct arena *arena, const char *path)
{
	struct work_session *session = arena_alloc(arena, sizeof *session);
	const struct json_file *file = &session->file;
	const cJSON *changes, *migrations;

	session->path = path;
	if (!json_read(&session->file, path))
		return session;
	session->active = json_bool_or(file, file->root, "active", false);
	if (!session->active)
		return session;
	session->started_at = json_string(file, file->root, "startedAt");
	session->remote = json_string_or(file, file->root, "remoteName", NULL);
	if (!session->remote)
		session->remote = json_string(file, file->root, "remoteDbUrl");
	changes = json_object_or_null(file, file->root, "pendingChanges");
	if (!changes)
		return session;
	session->planned = json_bool_or(file, changes, "planned", false);
	session->applied = json_bool_or(file, changes, "applied", false);
	migrations = json_array_or_null(file, changes, "migrationFiles");
	session->migration_count = migrations ? (size_t)cJSON_GetArraySize(migrations) : 0;
	return session;
}

void
work_session_check(const struct work_session *session, bool wanted)
{
	if (session->active && !wanted)
		die_hint(STATUS_NO, "end it with make abort",
		         "a session on %s is active since %s", session->remote, session->started_at);
	if (!session->active && wanted)
		die_hint(STATUS_NO, "make start begins one", "no session is active");
}

/* A member without its password; null where there is none. */
static void
add_text(cJSON *object, const char *key, const char *text)
{
	char *masked = text ? mask_passwords(text) : NULL;

	json_made(masked ? cJSON_AddStringToObject(object, key, masked) : cJSON_AddNullToObject(object, key));
	free(masked);
}

void
work_session_start(struct arena *arena, const char *path, const char *remote_name,
                   const char *remote_url, const char *local_url)
{
	cJSON *root, *changes;
	struct sbuf text = SBUF_INIT;

	work_session_check(work_session_read(arena, path), false);
	root = json_made(cJSON_CreateObject());
	json_made(cJSON_AddTrueToObject(root, "active"));
	add_text(root, "startedAt", clock_text(arena, CLOCK_ISO));
	add_text(root, "clonedAt", clock_text(arena, CLOCK_VERSION));
	add_text(root, "remoteName", remote_name);
	add_text(root, "localDbUrl", local_url);
	add_text(root, "remoteDbUrl", remote_url);
	changes = json_made(cJSON_AddObjectToObject(root, "pendingChanges"));
	json_made(cJSON_AddFalseToObject(changes, "planned"));
	json_made(cJSON_AddFalseToObject(changes, "applied"));
	add_text(changes, "planFile", NULL);
	json_made(cJSON_AddArrayToObject(changes, "migrationFiles"));
	add_text(changes, "description", NULL);
	add_text(changes, "schemaFingerprint", NULL);
	json_made(cJSON_AddFalseToObject(changes, "migrationApplied"));
	json_made(cJSON_AddFalseToObject(changes, "grantsApplied"));
	json_made(cJSON_AddFalseToObject(changes, "seedsApplied"));
	json_write(&text, root);
	file_replace_mode(path, text.text, text.length, 0600);
	sbuf_release(&text);
	cJSON_Delete(root);
}

void
work_session_end(struct arena *arena, const char *path)
{
	work_session_check(work_session_read(arena, path), true);
	if (unlink(path))
		die(STATUS_USAGE, "cannot remove %s: %s", path, strerror(errno));
}
