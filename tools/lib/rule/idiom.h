/*
 * idiom.h - facts as a person declares them
 *
 * The catalogs say of `id serial` that there is a column, a sequence, a default that calls nextval and
 * whom the sequence belongs to; and of a partition all columns, constraints and indexes of its table
 * once more. A file for people says the short form, wherever the server makes of it exactly what
 * the facts say:
 *
 * - serial: the sequence has the name that the server chooses (generateSerialExtraStmts in
 *   parse_utilcmd.c), the column's type, nothing else of its own, and the column has its default and is
 *   NOT NULL. Its fact stands in the column and has the key `serial`; the column's type is serial.
 * - PARTITION OF: columns in the order and of the types of the parent, and for each of the parent's
 *   constraints the same one, of the name that the server chooses. The fact of the partition stands in
 *   the table's statement and has the key `inline`; columns, defaults and constraints keep what differs.
 * - the index of a partitioned table, whose partitions' indexes all are as the server makes and names them:
 *   they keep their ids, for what is said of them, and nothing creates them.
 * - defaults that a child table's column has from its parents; it has the key `default_inherited`.
 * - lists: `kind IN ('a', 'b')`.
 * - queries of views: without parentheses that say nothing.
 * - expressions: no second parentheses around a whole, no cast of a literal to the type that it gets anyway.
 *
 * All that depends on the order of statements stays as it is: a second choice of a name, what a parent
 * gets only after it has been created.
 */
#ifndef PK_IDIOM_H
#define PK_IDIOM_H

#include "fact/snapshot.h"

/*
 * Fills `to`, which is empty, with the facts of `from` in their short forms, where no fact of that id
 * is in `plain`: the id of the sequence, the partition, or the child's column. What `to` holds points into `from`.
 */
void
idioms_apply(struct snapshot *to, struct snapshot *from, struct snapshot *plain);

/* Whether the fact is one that was given a short form, by which it can be named in `plain`. */
bool
fact_is_idiom(const struct fact *fact);

#endif
