#include "base/arena.h"
#include "base/die.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 256 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char data[];
};

static struct arena_block *
block_add(struct arena *arena, size_t size)
{
	struct arena_block *block = memory_resize(NULL, sizeof *block + size);

	block->next = arena->blocks;
	block->used = 0;
	block->size = size;
	arena->blocks = block;
	return block;
}

static void *
take(struct arena *arena, size_t size, size_t align)
{
	struct arena_block *block = arena->blocks;
	size_t start;

	if (size > SIZE_MAX / 2)
		die(STATUS_BUG, "out of memory");
	if (block) {
		start = (block->used + align - 1) & ~(align - 1);
		if (start <= block->size && size <= block->size - start) {
			block->used = start + size;
			return block->data + start;
		}
	}
	if (size > BLOCK_SIZE / 4 && block) {
		/* A large piece gets a block of its own behind the current one, so
		 * that the room left in the current one is not lost. */
		struct arena_block *own = memory_resize(NULL, sizeof *own + size);

		own->used = own->size = size;
		own->next = block->next;
		block->next = own;
		return own->data;
	}
	block = block_add(arena, size > BLOCK_SIZE ? size : BLOCK_SIZE);
	block->used = size;
	return block->data;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	void *piece = take(arena, size ? size : 1, alignof(max_align_t));

	return memset(piece, 0, size);
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		die(STATUS_BUG, "out of memory");
	return arena_alloc(arena, count * size);
}

void *
arena_grown(struct arena *arena, const void *items, size_t count, size_t room, size_t size)
{
	void *larger = arena_array(arena, room, size);

	if (count)
		memcpy(larger, items, count * size);
	return larger;
}

char *
arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = take(arena, length + 1, 1);

	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *
arena_string(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	int length;
	char *text;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		die(STATUS_BUG, "cannot format \"%s\"", format);
	text = take(arena, (size_t)length + 1, 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

void
arena_release(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
}

void *
memory_resize(void *old, size_t size)
{
	void *piece = realloc(old, size ? size : 1);

	if (!piece)
		die(STATUS_BUG, "out of memory");
	return piece;
}
