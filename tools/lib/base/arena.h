/*
 * arena.h - memory that is released all at once
 *
 * Every program has one arena for what lives as long as the run, and may have
 * more for shorter lives. Nothing taken from an arena is freed by itself.
 * Out of memory ends the program (status 70): no caller checks for NULL.
 */
#ifndef PK_ARENA_H
#define PK_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
};

#define ARENA_INIT { NULL }

/* `size` bytes, zeroed, aligned for any type. */
void *
arena_alloc(struct arena *arena, size_t size);

/* An array of `count` elements of `size` bytes, zeroed; overflow is caught. */
void *
arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of the first `length` bytes of `text`, ended by a NUL. */
char *
arena_copy(struct arena *arena, const char *text, size_t length);

/* A copy of the string `text`. NULL gives NULL. */
char *
arena_string(struct arena *arena, const char *text);

/* printf into the arena. */
char *
arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A copy of `count` elements of `size` bytes with room for `room` of them (see ARENA_GROW). */
void *
arena_grown(struct arena *arena, const void *items, size_t count, size_t room, size_t size);

/* Releases everything; the arena can be used again. */
void
arena_release(struct arena *arena);

/* realloc that never returns NULL. For the arrays that grow (see GROW). */
void *
memory_resize(void *old, size_t size);

/*
 * Makes room for one more element in a growing array:
 *     GROW(list->items, list->count, list->room);
 *     list->items[list->count++] = item;
 */
#define GROW(items, count, room)                                                       \
	do {                                                                           \
		if ((count) == (room)) {                                               \
			(room) = (room) ? (room) * 2 : 16;                             \
			(items) = memory_resize((items), (room) * sizeof *(items));    \
		}                                                                      \
	} while (0)

/* The same for an array that lives in an arena. */
#define ARENA_GROW(arena, items, count, room)                                                      \
	do {                                                                                       \
		if ((count) == (room)) {                                                           \
			(room) = (room) ? (room) * 2 : 8;                                          \
			(items) = arena_grown((arena), (items), (count), (room), sizeof *(items)); \
		}                                                                                  \
	} while (0)

#endif
