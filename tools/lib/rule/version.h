/*
 * version.h - what servers of different major versions say otherwise of the same thing
 *
 * A database that is built on a server of another version than its source has the same definitions, but not all of its
 * facts are the same bytes: an expression is printed in another way, NOT NULL has got a name, a privilege is known
 * that was not, schema public is open to all or is not. Such differences are told apart from real ones here, for the
 * proof of an import. They are the only ones that may be between a source and what was built from its facts; between
 * two databases of which neither was built from the other an expression that is printed otherwise may well be another
 * one.
 */
#ifndef PK_VERSION_H
#define PK_VERSION_H

#include "fact/fact.h"

enum otherwise {
	OTHERWISE_NOT,     /* they differ in more than that */
	OTHERWISE_PRINTED, /* an expression or a query */
	OTHERWISE_SAID     /* what one version says, or has from the beginning, and the other does not */
};

/* What two different facts of one id differ in; where only one of them is there, the other is NULL. */
enum otherwise
version_otherwise(const struct fact *a, const struct fact *b);

#endif
