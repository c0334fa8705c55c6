/* JSON objects, one a line (declared in json.h). */
#include "base/json.h"
#include "base/io.h"

#include <string.h>

size_t
json_lines_read(const char *path, void (*visit)(const struct json_file *file, size_t line, void *context),
                void *context)
{
	struct sbuf text = SBUF_INIT, place = SBUF_INIT;
	size_t number = 0;

	file_must_read(path, &text);
	for (const char *line = text.text, *end; *line; line = *end ? end + 1 : end) {
		struct json_file file;

		end = line + strcspn(line, "\n");
		sbuf_reset(&place);
		sbuf_addf(&place, "%s:%zu", strcmp(path, "-") ? path : "standard input", ++number);
		json_parse(&file, place.text, line, (size_t)(end - line));
		visit(&file, number, context);
		json_release(&file);
	}
	sbuf_release(&text);
	sbuf_release(&place);
	return number;
}
