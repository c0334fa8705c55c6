#include "runner/runner.h"

#include "base/json.h"

#include <string.h>

static void
add_member(struct sbuf *out, const char *key, const char *value)
{
	if (!value)
		return;
	sbuf_addf(out, ",\"%s\":", key);
	json_write_string(out, value);
}

static void
list_json(FILE *out, const struct entry *entry)
{
	const struct table_row *row = entry->row;
	struct sbuf line = SBUF_INIT;

	sbuf_adds(&line, "{\"version\":");
	json_write_string(&line, entry->version);
	add_member(&line, "state", state_names[entry->state]);
	add_member(&line, "name", entry->migration ? entry->migration->name : row ? row->name : NULL);
	add_member(&line, "checksum", entry->migration ? entry->migration->checksum : NULL);
	if (row) {
		add_member(&line, "applied_checksum", row->checksum);
		add_member(&line, "applied_at", row->applied_at);
		if (row->duration_ms >= 0)
			sbuf_addf(&line, ",\"duration_ms\":%ld", row->duration_ms);
	}
	if (entry->progress)
		sbuf_addf(&line, ",\"direction\":\"%s\",\"steps_done\":%zu", entry->progress->down ? "down" : "up",
		          entry->progress->done);
	if (entry->late)
		sbuf_adds(&line, ",\"out_of_order\":true");
	fprintf(out, "%s}\n", line.text);
	sbuf_release(&line);
}

static void
list_text(FILE *out, const struct entry *entry)
{
	const struct table_row *row = entry->row;
	const char *name = entry->migration ? entry->migration->name
	                   : row && row->name ? row->name : entry->version;

	fprintf(out, "%-10s  %s", state_names[entry->state], name);
	if (row && row->applied_at)
		fprintf(out, "  %s", row->applied_at);
	if (entry->progress)
		fprintf(out, "  %s, %zu steps done", entry->progress->down ? "rolling back" : "applying",
		        entry->progress->done);
	if (entry->late)
		fputs("  out of order", out);
	fputc('\n', out);
}

bool
runner_list(struct runner *runner, FILE *out, bool json)
{
	bool all = true;

	runner_look(runner);
	for (size_t i = 0; i < runner->entries.count; i++) {
		const struct entry *entry = &runner->entries.items[i];

		(json ? list_json : list_text)(out, entry);
		all = all && entry->state == STATE_APPLIED;
	}
	return all;
}
