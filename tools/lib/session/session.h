/*
 * session.h - session.json: the work on a copy of one remote
 *
 *     { "active": true, "startedAt": "2025-01-31T12:00:00Z", "clonedAt": "20250131120000",
 *       "remoteName": "dev", "localDbUrl": "…", "remoteDbUrl": "…",
 *       "pendingChanges": { "planned": false, "applied": false, "planFile": null, "migrationFiles": [],
 *         "description": null, "schemaFingerprint": null, "migrationApplied": false,
 *         "grantsApplied": false, "seedsApplied": false, "migration": null } }
 *
 * `planned`: there is a plan that is not applied whole; it leads to schemaFingerprint. `migration` is the file that
 * it was written into when applying it began, and migrationApplied, grantsApplied and seedsApplied say how far that
 * came. `applied`: the local database has what the files say. migrationFiles are, in their order, the plans that
 * were applied and what was written by hand ("manual": true).
 *
 * URLs stand there without their passwords: they say what the session is about, and nobody connects by
 * them. The file is private (0600), replaced at one blow, and keys that are not known here are kept.
 * Paths in it are relative to the project. No file, or one that is not active, is no session. What
 * is malformed ends the program with status 2 and the place.
 */
#ifndef PK_SESSION_H
#define PK_SESSION_H

#include "base/arena.h"
#include "base/json.h"
#include "base/sbuf.h"

#include <stdbool.h>

struct work_session {
	const char *path;
	struct json_file file; /* root NULL: there is none */
	bool active;
	const char *started_at, *remote; /* of an active one; the remote's name, or its URL where it has none */
	bool planned, applied, migration_applied, seeds_applied;
	const char *fingerprint, *migration; /* or NULL */
	struct work_migration *migrations;
	size_t migration_count;
};

struct work_migration {
	const char *name, *path;
	bool manual;
};

struct work_session *
work_session_read(struct arena *arena, const char *path);

/* Begins one. Dies (status 1) when one is active. `remote_name` may be NULL. */
void
work_session_start(struct arena *arena, const char *path, const char *remote_name,
                   const char *remote_url, const char *local_url);

/*
 * Sets members of pendingChanges, each KEY=VALUE: true, false, null, or a text; the file is replaced
 * once. Dies (status 2) for a key that is none.
 */
void
work_session_set(const struct work_session *session, const char *const *assignments, size_t count);

/*
 * Writes a new migration into DIRECTORY/session and adds it to migrationFiles; one that is not `manual` becomes
 * `migration`. Returns its path.
 */
const char *
work_session_add(struct arena *arena, const struct work_session *session, const char *directory,
                 const char *description, const struct sbuf *text, bool manual);

/* Ends it: the file is removed. Dies (status 1) when there is none. */
void
work_session_end(struct arena *arena, const char *path);

/* Dies (status 1), saying what to do, when there is none (wanted) or one (not wanted). */
void
work_session_check(const struct work_session *session, bool wanted);

#endif
