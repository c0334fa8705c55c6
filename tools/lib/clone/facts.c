#include "clone/facts.h"

#include "base/die.h"
#include "catalog/reader.h"
#include "graph/order.h"
#include "rule/fold.h"
#include "rule/preamble.h"
#include "rule/rule.h"

#include <stdlib.h>

void
facts_write(PGconn *source, struct sbuf *out)
{
	struct catalog catalog = CATALOG_INIT;
	struct script script = SCRIPT_INIT;
	struct fact **ordered;
	size_t count;

	catalog_read(source, &(struct catalog_options){ .schemas = NULL }, &catalog);
	for (size_t i = 0; i < catalog.unknown_count; i++)
		report(&(struct report){ .severity = "warning", .text = catalog.unknown[i].what,
		                         .detail = catalog.unknown[i].why });
	ordered = order_facts(&catalog.snapshot, &count);
	sbuf_adds(out, render_preamble);
	for (struct unit_reader reader = UNIT_READER_INIT(ordered, count); unit_next(&reader);) {
		unit_create(&script, &reader.unit);
		script_write(out, &script);
		script_release(&script);
	}
	free(ordered);
	catalog_release(&catalog);
}
