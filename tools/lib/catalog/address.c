#include "catalog/address.h"

#include <stdlib.h>
#include <string.h>

static size_t
hash_address(struct address a)
{
	uint64_t hash = ((uint64_t)a.object << 32 | a.class) * 0x9e3779b97f4a7c15u;

	hash = (hash ^ (uint64_t)(uint32_t)a.part) * 0xff51afd7ed558ccdu;
	return (size_t)(hash ^ (hash >> 29));
}

static bool
same_address(struct address a, struct address b)
{
	return a.class == b.class && a.object == b.object && a.part == b.part;
}

static struct address_entry *
slot_of(const struct address_map *map, struct address address)
{
	size_t at = hash_address(address) & (map->size - 1);

	while (map->slots[at].fact && !same_address(map->slots[at].address, address))
		at = (at + 1) & (map->size - 1);
	return &map->slots[at];
}

static void
grow(struct address_map *map)
{
	struct address_map old = *map;

	map->size = old.size ? old.size * 2 : 1024;
	map->slots = memory_resize(NULL, map->size * sizeof *map->slots);
	memset(map->slots, 0, map->size * sizeof *map->slots);
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].fact)
			*slot_of(map, old.slots[i].address) = old.slots[i];
	free(old.slots);
}

void
address_map_release(struct address_map *map)
{
	free(map->slots);
	*map = (struct address_map)ADDRESS_MAP_INIT;
}

void
address_map_add(struct address_map *map, struct address address, struct fact *fact, bool member)
{
	struct address_entry *slot;

	if (map->count * 2 >= map->size)
		grow(map);
	slot = slot_of(map, address);
	if (slot->fact)
		return;
	*slot = (struct address_entry){ address, fact, member };
	map->count++;
}

const struct address_entry *
address_map_get(const struct address_map *map, struct address address)
{
	const struct address_entry *slot = map->size ? slot_of(map, address) : NULL;

	return slot && slot->fact ? slot : NULL;
}

const struct address_entry *
address_map_find(const struct address_map *map, struct address address)
{
	const struct address_entry *entry = address_map_get(map, address);

	if (!entry && address.part) {
		address.part = 0;
		entry = address_map_get(map, address);
	}
	return entry;
}
