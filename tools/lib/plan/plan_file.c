/* Plans as text (plan.h). */
#include "plan/plan.h"

#include "base/die.h"
#include "base/json.h"
#include "rule/script.h"

#include <inttypes.h>
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
number_write(struct sbuf *out, const char *key, int64_t number)
{
	if (number) {
		key_write(out, key);
		sbuf_addf(out, "%" PRId64, number);
	}
}

/* The actions as words. */
static const struct {
	char sign;
	const char *word;
} actions[] = { { '+', "add" }, { '-', "drop" }, { '~', "change" }, { '=', "rebuild" } };

enum { ACTIONS = sizeof actions / sizeof *actions };

static void
object_write_line(struct sbuf *line, const struct object *object)
{
	sbuf_adds(line, "{\"object\":");
	json_string_write(line, object->id);
	for (size_t i = 0; i < ACTIONS; i++)
		if (actions[i].sign == object->action)
			text_write(line, "action", actions[i].word);
	text_write(line, "in", object->in);
	text_write(line, "was", object->was);
	text_write(line, "before", object->before);
	text_write(line, "after", object->after);
	sbuf_addc(line, '}');
}

static void
header_write(struct sbuf *line, const struct plan *plan)
{
	sbuf_addf(line, "{\"plan\":%d,\"from\":\"%s\",\"to\":\"%s\",\"steps\":", PLAN_FORMAT, plan->from, plan->to);
}

static void
likely_write(struct sbuf *line, const struct plan *plan)
{
	if (!plan->likely_count)
		return;
	key_write(line, "likely_renames");
	for (size_t i = 0; i < plan->likely_count; i++) {
		sbuf_adds(line, i ? ",{\"old\":" : "[{\"old\":");
		json_string_write(line, plan->likely[i].old_id);
		text_write(line, "new", plan->likely[i].new_id);
		text_write(line, "directive", plan->likely[i].directive);
		sbuf_addc(line, '}');
	}
	sbuf_addc(line, ']');
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
	number_write(line, "bytes", step->bytes);
	number_write(line, "rows", step->rows);
	sbuf_addc(line, '}');
}

void
plan_write(FILE *stream, const struct plan *plan)
{
	struct sbuf line = SBUF_INIT;

	header_write(&line, plan);
	sbuf_addf(&line, "%zu", plan->count);
	number_write(&line, "objects", (int64_t)plan->object_count);
	likely_write(&line, plan);
	fprintf(stream, "%s}\n", line.text);
	for (size_t i = 0; i < plan->count + plan->object_count; i++) {
		sbuf_reset(&line);
		if (i < plan->count)
			step_write(&line, &plan->steps[i]);
		else
			object_write_line(&line, &plan->objects[i - plan->count]);
		fprintf(stream, "%s\n", line.text);
	}
	sbuf_release(&line);
}

void
plan_write_json(FILE *stream, const struct plan *plan)
{
	struct sbuf line = SBUF_INIT;

	header_write(&line, plan);
	fprintf(stream, "%s[", line.text);
	for (size_t i = 0; i < plan->count; i++) {
		sbuf_reset(&line);
		step_write(&line, &plan->steps[i]);
		fprintf(stream, "%s\n%s", i ? "," : "", line.text);
	}
	fputs("],\"objects\":[", stream);
	for (size_t i = 0; i < plan->object_count; i++) {
		sbuf_reset(&line);
		object_write_line(&line, &plan->objects[i]);
		fprintf(stream, "%s\n%s", i ? "," : "", line.text);
	}
	sbuf_reset(&line);
	likely_write(&line, plan);
	fprintf(stream, "]%s}\n", line.text);
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
	step.bytes = json_member(file->root, "bytes") ? json_integer(file, file->root, "bytes") : 0;
	step.rows = json_member(file->root, "rows") ? json_integer(file, file->root, "rows") : 0;
	for (size_t k = 0; k < FLAGS; k++)
		if (json_bool_or(file, file->root, flags[k].key, flags[k].inverted) != flags[k].inverted)
			step.flags |= flags[k].flag;
	GROW(plan->steps, plan->count, plan->room);
	plan->steps[plan->count++] = step;
}

static void
read_object(struct plan *plan, const struct json_file *file)
{
	const char *action = json_string_or(file, file->root, "action", "");
	struct object object = { .id = arena_string(&plan->arena, json_string(file, file->root, "object")) };

	for (size_t i = 0; i < ACTIONS; i++)
		if (!strcmp(action, actions[i].word))
			object.action = actions[i].sign;
	object.in = copy_text(plan, file, "in");
	object.was = copy_text(plan, file, "was");
	object.before = copy_text(plan, file, "before");
	object.after = copy_text(plan, file, "after");
	GROW(plan->objects, plan->object_count, plan->object_room);
	plan->objects[plan->object_count++] = object;
}

static void
read_likely(struct plan *plan, const struct json_file *file)
{
	const cJSON *array = json_array_or_null(file, file->root, "likely_renames"), *item;

	cJSON_ArrayForEach(item, array) {
		json_must_be_object(file, item);
		GROW(plan->likely, plan->likely_count, plan->likely_room);
		plan->likely[plan->likely_count++] = (struct likely_rename){
			arena_string(&plan->arena, json_string(file, item, "old")),
			arena_string(&plan->arena, json_string(file, item, "new")),
			arena_string(&plan->arena, json_string(file, item, "directive")),
		};
	}
}

static void
read_fingerprint(const struct json_file *file, const char *key, char hex[SHA256_HEX])
{
	const char *text = json_string(file, file->root, key);

	if (strlen(text) != SHA256_HEX - 1 || strspn(text, "0123456789abcdef") != SHA256_HEX - 1)
		json_wrong(file, json_member(file->root, key), "this is no fingerprint");
	strcpy(hex, text);
}

/* Sets how many lines of each sort are to come. */
static void
read_header(struct plan *plan, const struct json_file *file, size_t *steps, size_t *objects)
{
	if (!json_member(file->root, "plan"))
		json_wrong(file, file->root, "this is no plan");
	if (json_integer(file, file->root, "plan") != PLAN_FORMAT)
		json_wrong(file, file->root, "the plan is of another format version");
	read_fingerprint(file, "from", plan->from);
	read_fingerprint(file, "to", plan->to);
	read_likely(plan, file);
	*steps = (size_t)json_integer(file, file->root, "steps");
	*objects = json_member(file->root, "objects") ? (size_t)json_integer(file, file->root, "objects") : 0;
}

struct reading {
	struct plan *plan;
	size_t steps, objects; /* as the header has them */
};

static void
read_line(const struct json_file *file, size_t number, void *context)
{
	struct reading *reading = context;

	if (number == 1)
		read_header(reading->plan, file, &reading->steps, &reading->objects);
	else if (json_member(file->root, "object"))
		read_object(reading->plan, file);
	else
		read_step(reading->plan, file);
}

void
plan_read(struct plan *plan, const char *path)
{
	const char *shown = strcmp(path, "-") ? path : "standard input";
	struct reading reading = { plan, 0, 0 };
	size_t number = json_lines_read(path, read_line, &reading);

	if (!number)
		die(STATUS_USAGE, "%s: this is no plan, there is nothing in it", shown);
	if (plan->count != reading.steps)
		die(STATUS_USAGE, "%s: the plan has %zu steps where there should be %zu: it has been cut off",
		    shown, plan->count, reading.steps);
	if (plan->object_count != reading.objects)
		die(STATUS_USAGE, "%s: the plan names %zu objects where there should be %zu: it has been cut off",
		    shown, plan->object_count, reading.objects);
}

/* ----------------------------------------------------------------- sizes */

struct size {
	const char *id;
	int64_t bytes, rows;
};

struct sizes {
	struct arena *arena;
	struct size *items;
	size_t count, room;
};

static int
compare_sizes(const void *a, const void *b)
{
	return strcmp(((const struct size *)a)->id, ((const struct size *)b)->id);
}

static void
read_size(const struct json_file *file, size_t number, void *context)
{
	struct sizes *sizes = context;

	(void)number;
	GROW(sizes->items, sizes->count, sizes->room);
	sizes->items[sizes->count++] = (struct size){
		arena_string(sizes->arena, json_string(file, file->root, "id")),
		json_member(file->root, "bytes") ? json_integer(file, file->root, "bytes") : 0,
		json_member(file->root, "rows") ? json_integer(file, file->root, "rows") : 0,
	};
}

/* The id that the object of a step has in the database that was measured. */
static const char *
measured_id(const struct plan *plan, const char *id)
{
	for (size_t i = 0; i < plan->object_count; i++)
		if (plan->objects[i].was && !strcmp(plan->objects[i].id, id))
			return plan->objects[i].was;
	return id;
}

void
plan_add_sizes(struct plan *plan, const char *path)
{
	struct arena arena = ARENA_INIT;
	struct sizes sizes = { .arena = &arena };

	json_lines_read(path, read_size, &sizes);
	if (sizes.count)
		qsort(sizes.items, sizes.count, sizeof *sizes.items, compare_sizes);
	for (size_t i = 0; i < plan->count && sizes.count; i++) {
		struct step *step = &plan->steps[i];
		const struct size *size;
		struct size key;

		if (!step->on || !(step->flags & (STATEMENT_REWRITES | STATEMENT_SCANS)))
			continue;
		key.id = measured_id(plan, step->on);
		size = bsearch(&key, sizes.items, sizes.count, sizeof key, compare_sizes);
		if (size) {
			step->bytes = size->bytes;
			step->rows = size->rows;
		}
	}
	free(sizes.items);
	arena_release(&arena);
}
