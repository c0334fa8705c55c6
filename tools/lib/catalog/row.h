/*
 * row.h - one row of a catalog query as a fact, by its columns' names and types
 */
#ifndef PK_CATALOG_ROW_H
#define PK_CATALOG_ROW_H

#include "catalog/address.h"

#include <libpq-fe.h>

/* How the columns of one query's result are to be read. */
struct row_shape {
	int classid, objid, objsubid, id, in, on_classid, on_objid, on_objsubid, also, needs, withheld,
	    left_out;
	/* The columns that are keys of the fact, in byte order of their names. */
	struct {
		const char *key;
		int column;
		enum { READ_BOOL, READ_NUMBER, READ_LIST, READ_SQL, READ_TEXT } as;
	} keys[128];
	size_t key_count;
};

/* What a row says besides the fact itself. */
struct row {
	struct fact *fact; /* id may hold {} as long as `on` is not resolved */
	bool has_address, has_on;
	struct address address, on;
	const char **also; /* "classid:objid" */
	size_t also_count;
	const char *withheld, *left_out;
};

/* Dies (status 70) naming the query when a column is missing or of an unknown type. */
void
row_shape_of(struct row_shape *shape, struct arena *arena, const char *query, const PGresult *result);

void
row_read(struct row *row, struct arena *arena, const struct row_shape *shape, const PGresult *result,
         int number);

/* Puts `target` in the place of the first {} of `id` that is not part of a name. */
char *
row_id_about(struct arena *arena, const char *id, const char *target);

/* "classid:objid" as an address. */
struct address
address_parse(const char *text);

#endif
