/* Plans as text (plan.h). */
#include "plan/plan.h"

#include "base/die.h"
#include "base/io.h"
#include "base/json.h"
#include "rule/script.h"

#include <stdlib.h>
#include <string.h>

/* The flags as keys; `inverted` ones are written, as false, when the flag is set. */
static const struct {
	const char *key;
	unsigned flag;
	bool inverted;
} flags[] = {
	{ "rewrite", STATEMENT_REWRITES, false },   { "scan", STATEMENT_SCANS, false },
	{ "data_loss", STATEMENT_LOSES, false },    { "transaction", STATEMENT_OUTSIDE, true },
	{ "commit", STATEMENT_COMMITTED, false },   { "begin", STATEMENT_FRESH, false },
};

enum { FLAGS = sizeof flags / sizeof *flags };

static void
key_write(struct sbuf *out, const char *key)
{
	sbuf_addf(out, ",\"%s\":", key);
}

static void
text_write(struct sbuf *out, const char *key, const char *text)
{
	if (!text)
		return;
	key_write(out, key);
	json_string_write(out, text);
}

static void
list_write(struct sbuf *out, const char *key, const char *const *items, size_t count)
{
	if (!count)
		return;
	key_write(out, key);
	for (size_t i = 0; i < count; i++) {
		sbuf_addc(out, i ? ',' : '[');
		json_string_write(out, items[i]);
	}
	sbuf_addc(out, ']');
}

static void
step_write(struct sbuf *line, const struct step *step)
{
	sbuf_adds(line, "{\"sql\":");
	json_string_write(line, step->sql);
	list_write(line, "makes", step->makes, step->makes_count);
	list_write(line, "changes", step->changes, step->changes_count);
	list_write(line, "destroys", step->destroys, step->destroys_count);
	text_write(line, "renames", step->renames);
	text_write(line, "undo", step->undo);
	text_write(line, "lock", step->lock);
	text_write(line, "on", step->on);
	for (size_t k = 0; k < FLAGS; k++)
		if (step->flags & flags[k].flag) {
			key_write(line, flags[k].key);
			sbuf_adds(line, flags[k].inverted ? "false" : "true");
		}
	list_write(line, "hazards", step->hazards, step->hazard_count);
	sbuf_addc(line, '}');
}

void
plan_write(FILE *stream, const struct plan *plan)
{
	struct sbuf line = SBUF_INIT;

	fprintf(stream, "{\"plan\":%d,\"from\":\"%s\",\"to\":\"%s\",\"steps\":%zu}\n", PLAN_FORMAT,
	        plan->from, plan->to, plan->count);
	for (size_t i = 0; i < plan->count; i++) {
		sbuf_reset(&line);
		step_write(&line, &plan->steps[i]);
		fprintf(stream, "%s\n", line.text);
	}
	sbuf_release(&line);
}

void
plan_write_json(FILE *stream, const struct plan *plan)
{
	struct sbuf line = SBUF_INIT;

	fprintf(stream, "{\"plan\":%d,\"from\":\"%s\",\"to\":\"%s\",\"steps\":[", PLAN_FORMAT, plan->from,
	        plan->to);
	for (size_t i = 0; i < plan->count; i++) {
		sbuf_reset(&line);
		step_write(&line, &plan->steps[i]);
		fprintf(stream, "%s\n%s", i ? "," : "", line.text);
	}
	fputs("]}\n", stream);
	sbuf_release(&line);
}

/* --------------------------------------------------------------- reading */

static const char *
copy_text(struct plan *plan, const struct json_file *file, const char *key)
{
	return arena_string(&plan->arena, json_string_or(file, file->root, key, NULL));
}

static const char **
copy_list(struct plan *plan, const struct json_file *file, const char *key, size_t *count)
{
	const cJSON *array = json_array_or_null(file, file->root, key), *item;
	const char **list;

	*count = array ? (size_t)cJSON_GetArraySize(array) : 0;
	list = arena_array(&plan->arena, *count, sizeof *list);
	*count = 0;
	cJSON_ArrayForEach(item, array)
		list[(*count)++] = arena_string(&plan->arena, json_text(file, item));
	return list;
}

static void
read_step(struct plan *plan, const struct json_file *file)
{
	struct step step = { .sql = arena_string(&plan->arena, json_string(file, file->root, "sql")) };

	step.makes = copy_list(plan, file, "makes", &step.makes_count);
	step.changes = copy_list(plan, file, "changes", &step.changes_count);
	step.destroys = copy_list(plan, file, "destroys", &step.destroys_count);
	step.hazards = copy_list(plan, file, "hazards", &step.hazard_count);
	step.renames = copy_text(plan, file, "renames");
	step.undo = copy_text(plan, file, "undo");
	step.lock = copy_text(plan, file, "lock");
	step.on = copy_text(plan, file, "on");
	for (size_t k = 0; k < FLAGS; k++)
		if (json_bool_or(file, file->root, flags[k].key, flags[k].inverted) != flags[k].inverted)
			step.flags |= flags[k].flag;
	GROW(plan->steps, plan->count, plan->room);
	plan->steps[plan->count++] = step;
}

static void
read_fingerprint(const struct json_file *file, const char *key, char hex[SHA256_HEX])
{
	const char *text = json_string(file, file->root, key);

	if (strlen(text) != SHA256_HEX - 1 || strspn(text, "0123456789abcdef") != SHA256_HEX - 1)
		json_wrong(file, json_member(file->root, key), "this is no fingerprint");
	strcpy(hex, text);
}

static size_t
read_header(struct plan *plan, const struct json_file *file)
{
	if (!json_member(file->root, "plan"))
		json_wrong(file, file->root, "this is no plan");
	if (json_integer(file, file->root, "plan") != PLAN_FORMAT)
		json_wrong(file, file->root, "the plan is of another format version");
	read_fingerprint(file, "from", plan->from);
	read_fingerprint(file, "to", plan->to);
	return (size_t)json_integer(file, file->root, "steps");
}

void
plan_read(struct plan *plan, const char *path)
{
	struct sbuf text = SBUF_INIT;
	const char *shown = strcmp(path, "-") ? path : "standard input";
	size_t wanted = 0, number = 0;

	file_must_read(path, &text);
	for (const char *line = text.text, *end; *line; line = *end ? end + 1 : end) {
		struct json_file file;
		char *place = arena_printf(&plan->arena, "%s:%zu", shown, ++number);

		end = line + strcspn(line, "\n");
		json_parse(&file, place, line, (size_t)(end - line));
		if (number == 1)
			wanted = read_header(plan, &file);
		else
			read_step(plan, &file);
		json_release(&file);
	}
	if (!number)
		die(STATUS_USAGE, "%s: this is no plan, there is nothing in it", shown);
	if (plan->count != wanted)
		die(STATUS_USAGE, "%s: the plan has %zu steps where there should be %zu: it has been cut off",
		    shown, plan->count, wanted);
	sbuf_release(&text);
}
