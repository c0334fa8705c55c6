/* Lists of "name=value" that differ (declared in changes.h). */
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"

#include <stdlib.h>
#include <string.h>

static size_t
name_length(const char *option)
{
	return strcspn(option, "=");
}

/* The option of the same name in the list, or NULL. */
static const char *
find(const char *const *list, size_t count, const char *option)
{
	size_t length = name_length(option);

	for (size_t i = 0; i < count; i++)
		if (name_length(list[i]) == length && !strncmp(list[i], option, length))
			return list[i];
	return NULL;
}

void
options_alter(struct script *script, const char *words, const struct alter *alter, const char *key,
              const char *prefix)
{
	size_t old_count, new_count, gone = 0, changed = 0;
	const char **old = fact_list(alter->old, key, &old_count);
	const char **new = fact_list(alter->new, key, &new_count);
	const char **list = memory_resize(NULL, (old_count + new_count + 1) * sizeof *list);

	for (size_t i = 0; i < old_count; i++)
		if (!find(new, new_count, old[i]))
			list[gone++] = old[i];
	if (gone) {
		struct sbuf *sql = script_next(script), name = SBUF_INIT;

		sbuf_addf(sql, "%s RESET (", words);
		for (size_t i = 0; i < gone; i++) {
			sbuf_reset(&name);
			sbuf_add(&name, list[i], name_length(list[i]));
			sbuf_addf(sql, "%s%s", i ? ", " : "", prefix);
			quote_identifier(sql, name.text);
		}
		sbuf_addc(sql, ')');
		sbuf_release(&name);
		script_note(script, 0, "SHARE UPDATE EXCLUSIVE", NULL);
	}
	for (size_t i = 0; i < new_count; i++) {
		const char *before = find(old, old_count, new[i]);

		if (!before || strcmp(before, new[i]) != 0)
			list[changed++] = new[i];
	}
	if (changed) {
		struct sbuf *sql = script_next(script);

		sbuf_addf(sql, "%s SET (", words);
		options_write(sql, list, changed, prefix);
		sbuf_addc(sql, ')');
		script_note(script, 0, "SHARE UPDATE EXCLUSIVE", NULL);
	}
	free(list);
}

void
fdw_options_alter(struct script *script, const char *words, const struct alter *alter)
{
	size_t old_count, new_count;
	const char **old = fact_list(alter->old, "fdw_options", &old_count);
	const char **new = fact_list(alter->new, "fdw_options", &new_count);
	struct sbuf items = SBUF_INIT;

	for (size_t i = 0; i < old_count; i++)
		if (!find(new, new_count, old[i])) {
			struct sbuf name = SBUF_INIT;

			sbuf_add(&name, old[i], name_length(old[i]));
			sbuf_adds(&items, items.length ? ", DROP " : "DROP ");
			quote_identifier(&items, name.text);
			sbuf_release(&name);
		}
	for (size_t i = 0; i < new_count; i++) {
		const char *before = find(old, old_count, new[i]);

		if (before && !strcmp(before, new[i]))
			continue;
		sbuf_addf(&items, "%s%s ", items.length ? ", " : "", before ? "SET" : "ADD");
		fdw_options_write(&items, &new[i], 1);
	}
	if (items.length)
		script_add(script, "%s OPTIONS (%s)", words, items.text);
	sbuf_release(&items);
}
