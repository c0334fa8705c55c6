#include "session/session.h"

#include "base/clock.h"
#include "base/die.h"
#include "base/io.h"
#include "migration/commit.h"
#include "migration/migration.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
read_migrations(struct arena *arena, struct work_session *session, const cJSON *list)
{
	const cJSON *item;

	session->migrations = arena_array(arena, (size_t)cJSON_GetArraySize(list) + 1, sizeof *session->migrations);
	cJSON_ArrayForEach(item, list) {
		json_must_be_object(&session->file, item);
		session->migrations[session->migration_count++] = (struct work_migration){
			.name = json_string(&session->file, item, "name"),
			.path = json_string(&session->file, item, "path"),
			.manual = json_bool_or(&session->file, item, "manual", false),
		};
	}
}

struct work_session *
work_session_read(struct arena *arena, const char *path)
{
	struct work_session *session = arena_alloc(arena, sizeof *session);
	const struct json_file *file = &session->file;
	const cJSON *changes;

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
	session->migration_applied = json_bool_or(file, changes, "migrationApplied", false);
	session->seeds_applied = json_bool_or(file, changes, "seedsApplied", false);
	session->fingerprint = json_string_or(file, changes, "schemaFingerprint", NULL);
	session->migration = json_string_or(file, changes, "migration", NULL);
	read_migrations(arena, session, json_array_or_null(file, changes, "migrationFiles"));
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

static void
save(const char *path, const cJSON *root)
{
	struct sbuf text = SBUF_INIT;

	json_write(&text, root);
	file_replace_mode(path, text.text, text.length, 0600);
	sbuf_release(&text);
}

void
work_session_start(struct arena *arena, const char *path, const char *remote_name,
                   const char *remote_url, const char *local_url)
{
	cJSON *root, *changes;

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
	add_text(changes, "migration", NULL);
	save(path, root);
	cJSON_Delete(root);
}

void
work_session_end(struct arena *arena, const char *path)
{
	work_session_check(work_session_read(arena, path), true);
	if (unlink(path))
		die(STATUS_USAGE, "cannot remove %s: %s", path, strerror(errno));
}

/* ------------------------------------------------------------- what changes */

static const char *const flag_keys[] = { "planned", "applied", "migrationApplied", "grantsApplied", "seedsApplied", NULL };
static const char *const text_keys[] = { "planFile", "description", "schemaFingerprint", "migration", NULL };

static bool
is_one_of(const char *const *keys, const char *key)
{
	while (*keys && strcmp(*keys, key) != 0)
		keys++;
	return *keys != NULL;
}

static void
put(cJSON *object, const char *key, cJSON *value)
{
	json_made(value);
	if (!cJSON_ReplaceItemInObjectCaseSensitive(object, key, value))
		cJSON_AddItemToObject(object, key, value);
}

static void
assign(struct arena *arena, cJSON *changes, const char *assignment)
{
	const char *value = strchr(assignment, '=');
	const char *key = value ? arena_copy(arena, assignment, (size_t)(value - assignment)) : assignment;
	bool yes = value && !strcmp(value + 1, "true");

	if (value && !strcmp(value + 1, "null") && is_one_of(text_keys, key))
		put(changes, key, cJSON_CreateNull());
	else if (value && is_one_of(text_keys, key))
		put(changes, key, cJSON_CreateString(value + 1));
	else if (value && is_one_of(flag_keys, key) && (yes || !strcmp(value + 1, "false")))
		put(changes, key, cJSON_CreateBool(yes));
	else
		die(STATUS_USAGE, "not something that a session has: %s", assignment);
}

void
work_session_set(const struct work_session *session, const char *const *assignments, size_t count)
{
	cJSON *changes = json_make_object(session->file.root, "pendingChanges");
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < count; i++)
		assign(&arena, changes, assignments[i]);
	save(session->path, session->file.root);
	arena_release(&arena);
}

const char *
work_session_add(struct arena *arena, const struct work_session *session, const char *directory,
                 const char *description, const struct sbuf *text, bool manual)
{
	const char *own = arena_printf(arena, "%s/session", directory), *name, *path;
	cJSON *changes = json_make_object(session->file.root, "pendingChanges");
	cJSON *list = json_member(changes, "migrationFiles"), *item = json_made(cJSON_CreateObject());

	directory_make(own);
	name = migration_name(arena, commit_version(arena, directory), description);
	path = arena_printf(arena, "%s/%s", own, name);
	/* The file first: one that is not registered, when this is interrupted, plays no part. */
	file_replace(path, text->text, text->length);
	if (!cJSON_IsArray(list)) {
		cJSON_DeleteItemFromObjectCaseSensitive(changes, "migrationFiles");
		list = json_made(cJSON_AddArrayToObject(changes, "migrationFiles"));
	}
	json_set_string(item, "name", name);
	json_set_string(item, "path", path);
	if (manual)
		json_made(cJSON_AddTrueToObject(item, "manual"));
	cJSON_AddItemToArray(list, item);
	if (!manual)
		put(changes, "migration", cJSON_CreateString(path));
	save(session->path, session->file.root);
	return path;
}
