/*
 * facts.h - all definitions of a database as one script
 */
#ifndef PK_CLONE_FACTS_H
#define PK_CLONE_FACTS_H

#include "base/sbuf.h"

#include <libpq-fe.h>

/* Writes what makes them in an empty database; a warning for each that is not known. */
void
facts_write(PGconn *source, struct sbuf *out);

#endif
