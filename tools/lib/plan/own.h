/*
 * own.h - owners that a desired state does not declare
 *
 * Files that say nothing of an owner are loaded by some role, which then has what they make. That is no wish: what is
 * there already keeps its owner, and what is new belongs to whoever makes it, on each server another role.
 */
#ifndef PK_PLAN_OWN_H
#define PK_PLAN_OWN_H

#include "fact/snapshot.h"

/* Where `to` says that the role `own` has something, it says what `from` says of it from now on, or nothing. */
void
own_settle(struct snapshot *from, struct snapshot *to, const char *own);

#endif
