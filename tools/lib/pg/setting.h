/*
 * setting.h - settings kept in the catalogs: SET clauses of functions, roles, databases
 *
 * The catalogs hold them as name=value. A value of a setting that is a list of names
 * (search_path and its like, the GUC_LIST_QUOTE ones) is kept with its elements quoted as identifiers
 * and must be written element by element: makeAlterConfigCommand of PostgreSQL's
 * src/bin/pg_dump/dumputils.c, the list in variable_is_guc_list_quote.
 */
#ifndef PK_PG_SETTING_H
#define PK_PG_SETTING_H

#include "base/sbuf.h"

/* The name of a setting: one identifier, or two with a dot between. */
void
quote_setting_name(struct sbuf *out, const char *name);

/* Writes `name TO value` for one `name=value`, quoted where it must be. */
void
setting_write(struct sbuf *out, const char *setting);

#endif
