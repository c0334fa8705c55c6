/*
 * edit.h - changes to postkit.config.json, postkit.secrets.json and .gitignore
 *
 * What is written replaces the old file at one blow; keys that are not touched stay, in their order.
 * Refusals (a remote that exists, the last one removed) end the program with status 1 where
 * `force` would have helped, with 2 where the input is wrong.
 */
#ifndef PK_EDIT_H
#define PK_EDIT_H

#include "config/config.h"

/* Writes what makes the current directory a project, as far as it is missing:
 * postkit.config.json, .postkit/, the schema directories, the lines of .gitignore. */
void
project_init(void);

/*
 * Adds a remote, or gives one that is known without a URL its URL, which goes to
 * postkit.secrets.json (mode 0600). The first one becomes the default. Adding again what is
 * there changes nothing.
 */
void
remote_add(struct arena *arena, const char *name, const char *url, bool make_default);

/* Makes it the default. */
void
remote_use(struct arena *arena, const char *name);

/* Removes it: the default one only with `force`, the last one never. */
void
remote_remove(struct arena *arena, const char *name, bool force);

/* Adds a schema to "schemas", to those that .pgschemaignore chooses, if it does, and its CREATE SCHEMA to
 * infra/schemas.sql. */
void
schema_add(struct arena *arena, const char *name);

#endif
