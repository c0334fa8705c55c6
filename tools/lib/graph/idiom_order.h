/*
 * idiom_order.h - the order of facts in their short forms
 */
#ifndef PK_IDIOM_ORDER_H
#define PK_IDIOM_ORDER_H

#include "fact/snapshot.h"

/*
 * Fills `to`, which is empty, with the facts of `from` as rule/idiom.h has them, and gives them in the order
 * of creation, as order_facts does. What is in a loop by its short form, or could be made before
 * all that it has from its parent, keeps the long one. `to` points into `from`.
 */
struct fact **
order_idioms(struct snapshot *to, struct snapshot *from, size_t *count);

#endif
