/* A plan as one page (declared in render.h). */
#include "plan/hazard.h"
#include "plan/render.h"

#include <stdlib.h>
#include <string.h>

static void
text_write(FILE *stream, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		switch (text[i]) {
		case '&': fputs("&amp;", stream); break;
		case '<': fputs("&lt;", stream); break;
		case '>': fputs("&gt;", stream); break;
		case '"': fputs("&quot;", stream); break;
		case '\'': fputs("&#39;", stream); break;
		default: fputc(text[i], stream);
		}
}

/* An element with this text in it. */
static void
element_write(FILE *stream, const char *element, const char *class, const char *text)
{
	fprintf(stream, "<%s class=\"%s\">", element, class);
	text_write(stream, text, strlen(text));
	fprintf(stream, "</%s>\n", element);
}

static const char head[] =
	"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	"<meta name=\"viewport\" content=\"width=device-width\">"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
	"<title>Plan</title>\n<style>\n"
	"body{font:15px/1.5 system-ui,sans-serif;max-width:76em;margin:2em auto;padding:0 1em;color:#222;background:#fff}\n"
	"pre{background:#f5f5f5;padding:.6em .8em;overflow:auto;border-radius:4px;margin:.3em 0;font-size:13px}\n"
	"ul{list-style:none;padding:0}li,summary{font-family:monospace}li.part{padding-left:2em}\n"
	"summary{cursor:pointer}h1{font-size:1.4em}h2{font-size:1.1em;margin-top:2em}\n"
	".sides{display:grid;grid-template-columns:1fr 1fr;gap:.6em}.sides h3{font-size:.9em;margin:.4em 0 0}\n"
	".add{color:#176f2c}.drop{color:#b3261e}.change{color:#8a5a00}.cost{color:#555;font-size:90%;margin:1.2em 0 0}\n"
	".hazard{border-left:4px solid #b3261e;padding-left:.6em;margin:.4em 0}\n"
	".note{border-left:4px solid #8a5a00;padding-left:.6em}\n"
	"del{background:#ffdad6;text-decoration:none;display:block}ins{background:#d3f1d9;text-decoration:none;display:block}\n"
	"@media(max-width:50em){.sides{grid-template-columns:1fr}}\n"
	"@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}pre{background:#242424}.cost{color:#aaa}\n"
	".add{color:#7bd88f}.drop{color:#ff8a80}.change{color:#ffc66b}del{background:#5c1f1a}ins{background:#174a22}}\n"
	"</style></head><body>\n";

static const char *
class_of(char action)
{
	return action == '+' ? "add" : action == '-' ? "drop" : "change";
}

/* -------------------------------------------------------- before and after */

struct lines {
	const char **starts;
	size_t *lengths;
	bool *same; /* it stands in the other text too */
	size_t count, room;
};

static void
lines_make(struct lines *lines, const char *text)
{
	size_t room = 0;

	*lines = (struct lines){ NULL, NULL, NULL, 0, 0 };
	while (text && *text) {
		size_t length = strcspn(text, "\n");

		GROW(lines->starts, lines->count, lines->room);
		if (room != lines->room) {
			room = lines->room;
			lines->lengths = memory_resize(lines->lengths, room * sizeof *lines->lengths);
			lines->same = memory_resize(lines->same, room);
		}
		lines->starts[lines->count] = text;
		lines->lengths[lines->count] = length;
		lines->same[lines->count++] = false;
		text += length + (text[length] == '\n');
	}
}

static void
lines_release(struct lines *lines)
{
	free(lines->starts);
	free(lines->lengths);
	free(lines->same);
}

static bool
equal(const struct lines *a, size_t i, const struct lines *b, size_t k)
{
	return a->lengths[i] == b->lengths[k] && !memcmp(a->starts[i], b->starts[k], a->lengths[i]);
}

/* The longest texts that are compared line by line: the time is the product of both. */
enum { COMPARED_MOST = 4000 };

/* Marks the lines of the longest common subsequence. */
static void
compare(struct lines *a, struct lines *b)
{
	size_t width = b->count + 1;
	unsigned short *table;

	if (!a->count || !b->count || a->count > COMPARED_MOST || b->count > COMPARED_MOST)
		return;
	table = memory_resize(NULL, (a->count + 1) * width * sizeof *table);
	memset(table, 0, (a->count + 1) * width * sizeof *table);
	for (size_t i = a->count; i-- > 0;)
		for (size_t k = b->count; k-- > 0;) {
			unsigned short down = table[(i + 1) * width + k], right = table[i * width + k + 1];

			table[i * width + k] = equal(a, i, b, k) ? table[(i + 1) * width + k + 1] + 1 :
			                       down > right ? down : right;
		}
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		if (equal(a, i, b, k))
			a->same[i++] = b->same[k++] = true;
		else if (table[(i + 1) * width + k] >= table[i * width + k + 1])
			i++;
		else
			k++;
	}
	free(table);
}

static void
side_write(FILE *stream, const char *title, const struct lines *lines, const char *element)
{
	fprintf(stream, "<div><h3>%s</h3><pre>", title);
	for (size_t i = 0; i < lines->count; i++) {
		if (!lines->same[i])
			fprintf(stream, "<%s>", element);
		text_write(stream, lines->starts[i], lines->lengths[i]);
		if (lines->same[i])
			fputc('\n', stream);
		else
			fprintf(stream, "%s</%s>", lines->lengths[i] ? "" : " ", element);
	}
	fputs("</pre></div>\n", stream);
}

static void
object_write(FILE *stream, const struct object *object)
{
	struct lines before, after;

	if (object->in || (object->before && object->after && !strcmp(object->before, object->after)) ||
	    (!object->before && !object->after))
		return;
	fprintf(stream, "<details open><summary class=\"%s\">", class_of(object->action));
	text_write(stream, object->id, strlen(object->id));
	fputs("</summary>\n<div class=\"sides\">\n", stream);
	lines_make(&before, object->before);
	lines_make(&after, object->after);
	compare(&before, &after);
	side_write(stream, "before", &before, "del");
	side_write(stream, "after", &after, "ins");
	fputs("</div></details>\n", stream);
	lines_release(&before);
	lines_release(&after);
}

/* -------------------------------------------------------------- statements */

static void
step_write(FILE *stream, const struct step *step)
{
	struct sbuf cost = SBUF_INIT;

	step_cost_write(&cost, step);
	if (cost.length)
		element_write(stream, "p", "cost", cost.text);
	for (size_t i = 0; i < step->hazard_count; i++) {
		const struct hazard *hazard = hazard_find(step->hazards[i]);

		fputs("<p class=\"hazard\"><b>", stream);
		text_write(stream, step->hazards[i], strlen(step->hazards[i]));
		fputs("</b>: ", stream);
		text_write(stream, hazard ? hazard->what : "", hazard ? strlen(hazard->what) : 0);
		if (hazard && hazard->instead) {
			fputs(". Instead: ", stream);
			text_write(stream, hazard->instead, strlen(hazard->instead));
		}
		fputs("</p>\n", stream);
	}
	fputs("<pre>", stream);
	text_write(stream, step->sql, strlen(step->sql));
	fputs(";</pre>\n", stream);
	sbuf_release(&cost);
}

static void
likely_write(FILE *stream, const struct plan *plan)
{
	for (size_t i = 0; i < plan->likely_count; i++) {
		struct sbuf text = SBUF_INIT;

		sbuf_addf(&text, "%s and %s may be the same under another name. If they are, write before it: %s",
		          plan->likely[i].old_id, plan->likely[i].new_id, plan->likely[i].directive);
		element_write(stream, "p", "note", text.text);
		sbuf_release(&text);
	}
}

void
plan_render_html(FILE *stream, const struct plan *plan)
{
	struct summary summary;
	struct sbuf line = SBUF_INIT;

	summary_make(&summary, plan, plan->steps, plan->count);
	summary_write(&line, &summary);
	fputs(head, stream);
	element_write(stream, "h1", "", line.text);
	fputs("<ul>\n", stream);
	for (size_t i = 0; i < summary.count; i++) {
		const struct object *object = summary.lines[i];

		fprintf(stream, "<li class=\"%s%s\">", class_of(object->action), object->in ? " part" : "");
		sbuf_reset(&line);
		object_line_write(&line, object);
		text_write(stream, line.text + strspn(line.text, " "), strlen(line.text + strspn(line.text, " ")));
		fputs("</li>\n", stream);
	}
	fputs("</ul>\n", stream);
	likely_write(stream, plan);
	if (plan->object_count)
		fputs("<h2>Before and after</h2>\n", stream);
	for (size_t i = 0; i < plan->object_count; i++)
		object_write(stream, &plan->objects[i]);
	if (plan->count)
		fputs("<h2>Statements, in order</h2>\n", stream);
	for (size_t i = 0; i < plan->count; i++)
		step_write(stream, &plan->steps[i]);
	fputs("</body></html>\n", stream);
	sbuf_release(&line);
	summary_release(&summary);
}
