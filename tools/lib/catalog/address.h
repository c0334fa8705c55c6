/*
 * address.h - from catalog addresses to facts
 *
 * An address is what pg_depend calls (classid, objid, objsubid). It is known to
 * be that of a fact, of something that was left out on purpose (a member of an
 * extension, what stands in a schema that was not asked for), or not at all.
 */
#ifndef PK_ADDRESS_H
#define PK_ADDRESS_H

#include "fact/fact.h"

#include <stdint.h>

struct address {
	uint32_t class, object;
	int32_t part;
};

struct address_entry {
	struct address address;
	struct fact *fact; /* NULL: an empty slot */
	bool member;       /* `fact` is the extension that it belongs to */
};

struct address_map {
	struct address_entry *slots;
	size_t count, size;
};

#define ADDRESS_MAP_INIT { NULL, 0, 0 }

void
address_map_release(struct address_map *map);

/* The first one to claim an address keeps it. */
void
address_map_add(struct address_map *map, struct address address, struct fact *fact, bool member);

/* That very address; NULL when unknown. */
const struct address_entry *
address_map_get(const struct address_map *map, struct address address);

/* That address or, when unknown, the one of the whole object. */
const struct address_entry *
address_map_find(const struct address_map *map, struct address address);

#endif
