/*
 * settings.h - the session settings that a statement runs under
 *
 * `SET x`, `RESET x`, `SET ROLE`, `SET SESSION AUTHORIZATION` and
 * `SELECT set_config(…)` in a file are not statements of their own: statements
 * are loaded in another order than they are written in, so each carries the
 * settings that were in force where it stands, and they are made again whenever
 * it runs. BEGIN and COMMIT are followed only for what they mean to SET LOCAL.
 *
 * Left out are settings that cannot change what a statement makes (timeouts,
 * client_min_messages) and check_function_bodies, which is the loader's own.
 */
#ifndef PK_SETTINGS_H
#define PK_SETTINGS_H

#include "sql/splitter.h"

/* The search_path where a file says nothing; public. */
#define SETTING_SEARCH_PATH "public"

/* Statements that make the settings where a file says nothing, the same whatever the server's, the
 * database's and the user's own are. */
extern const char settings_start[];
/* Those that end them. */
extern const char settings_end[];

struct setting {
	const char *name; /* as pg_settings has it; "role", "session_authorization" */
	const char *sql;  /* the statement that makes it */
};

/* Settings in force together, never changed once made. */
struct settings {
	const struct setting *items; /* sorted by name */
	size_t count;
	const char *const *path; /* the search_path's schemas, ended by NULL */
};

/* No settings but the defaults. */
extern const struct settings settings_none;

/* How far a file has come. SETTING_TRACK_INIT, then setting_follow for each statement. */
struct setting_track {
	const struct settings *session, *now; /* without and with SET LOCAL */
	bool in_transaction;
};

#define SETTING_TRACK_INIT { &settings_none, &settings_none, false }

enum setting_follow {
	SETTING_OTHER,    /* not about settings or transactions: a statement to be loaded */
	SETTING_FOLLOWED, /* it was, and is done with */
	SETTING_WRONG     /* it cannot be followed: `problem` is filled */
};

enum setting_follow
setting_follow(struct setting_track *track, struct arena *arena, const struct statement *statement,
               struct problem *problem);

/* Statements to be run one after the other. */
struct setting_steps {
	const char **items;
	size_t count, room;
};

/*
 * Replaces `steps` by the statements that lead from one state to the other: none
 * when there is no difference. Their texts are in the arena or live as long as
 * the settings.
 */
void
settings_switch(const struct settings *from, const struct settings *to, struct arena *arena,
                struct setting_steps *steps);

#endif
