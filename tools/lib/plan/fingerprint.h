/*
 * fingerprint.h - what plans tell apart
 *
 * The order of columns, what the rules ignore, and what facts only repeat of what they are inherited from make no difference: two
 * states that differ in nothing else have the same fingerprint, and no plan leads from one to the other.
 */
#ifndef PK_FINGERPRINT_H
#define PK_FINGERPRINT_H

#include "base/sha256.h"
#include "fact/snapshot.h"
#include "rule/rule.h"

/* Whether the rule passes over differences in this key. */
bool
key_is_ignored(const struct rule *rule, const char *key);

/* A fact without what makes no difference; the values belong to the fact that it was made from. */
struct told {
	struct fact fact; /* its members are the ones below */
	struct member members[256];
	const char *alone; /* the table that was found to inherit nothing when the fact before was told; NULL: none */
};

/*
 * Fills `*told`. False: the whole fact makes no difference. One `*told` for all facts of a snapshot, in order, spares looking for what
 * a table's columns are inherited from; `alone` is NULL at first.
 */
bool
fact_told(struct snapshot *snapshot, const struct fact *fact, struct told *told);

/* The digest of all that is told apart, without who owns what. */
void
snapshot_fingerprint(struct snapshot *snapshot, char hex[SHA256_HEX]);

#endif
