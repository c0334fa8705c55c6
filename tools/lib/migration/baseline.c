#include "migration/baseline.h"
#include "migration/committed.h"
#include "migration/migration.h"
#include "migration/protect.h"

#include "base/die.h"
#include "base/io.h"
#include "catalog/query.h"
#include "pg/connection.h"

#include <stdlib.h>
#include <string.h>

static const char version_unknown[] = "19700101000000";

const char *
baseline_version(struct arena *arena, PGconn *connection)
{
	char *sql, *may, *version = NULL;
	const char *result;

	/* A short statement_timeout, set for the role or the database, is no reason to fail. */
	connection_begin_reading(connection);
	may = connection_value(connection, "select pg_catalog.has_function_privilege("
	                                   "'pg_catalog.pg_control_system()', 'execute')");
	if (may && *may == 't') {
		sql = query_text("cluster_created", connection);
		version = connection_value(connection, sql);
		free(sql);
	}
	connection_execute(connection, "commit");
	result = arena_string(arena, version ? version : version_unknown);
	free(version);
	free(may);
	return result;
}

/* A version that is a time, as ISO 8601. */
static const char *
time_of(struct arena *arena, const char *version)
{
	const char *v = strlen(version) == strlen(version_unknown) ? version : version_unknown;

	return arena_printf(arena, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", v, v + 4, v + 6, v + 8, v + 10, v + 12);
}

static void
write_text(struct arena *arena, struct sbuf *out, const struct sbuf *sql)
{
	sbuf_adds(out, "-- migrate:up\n\n");
	migration_protect(arena, out, sql);
	if (out->text[out->length - 1] != '\n')
		sbuf_addc(out, '\n');
	sbuf_adds(out, "\n-- migrate:down\n\n-- A baseline is not rolled back: it is what the database was when it was imported.\n");
}

/* Keeps what somebody made of the baseline that stood here. */
static void
save_edited(struct arena *arena, const char *path, const char *registered)
{
	struct sbuf text = SBUF_INIT;
	char checksum[SHA256_HEX];
	const char *aside = arena_printf(arena, "%s.edited", path);

	if (registered && file_read(path, &text)) {
		migration_checksum(text.text, text.length, checksum);
		if (strcmp(checksum, registered) != 0) {
			file_replace(aside, text.text, text.length);
			warn("%s was edited by hand; what it was is now %s", path, aside);
		}
	}
	sbuf_release(&text);
}

static void
refuse_later(const struct committed *committed, const struct committed_migration *baseline)
{
	for (size_t i = 0; i < committed->count; i++)
		if (&committed->items[i] != baseline)
			die_hint(STATUS_NO, "deploy it, and work from there; to begin anew, remove committed.json and migrations/",
			         "the database is not as the baseline says, and %s builds on the baseline",
			         committed->items[i].name);
}

const char *
baseline_write(struct arena *arena, const char *directory, const struct baseline *baseline)
{
	struct committed *committed = committed_read(arena, arena_printf(arena, "%s/committed.json", directory));
	const struct committed_migration *old = committed_baseline(committed);
	struct committed_migration entry = { .description = "imported baseline", .baseline = true };
	const char *path;
	struct sbuf text = SBUF_INIT;
	char checksum[SHA256_HEX];

	write_text(arena, &text, baseline->sql);
	migration_checksum(text.text, text.length, checksum);
	entry.version = old ? old->version : baseline->version;
	entry.name = old ? old->name : migration_name(arena, baseline->version, baseline->name);
	path = entry.path = arena_printf(arena, "%s/migrations/%s", directory, entry.name);
	entry.committed_at = old && old->committed_at ? old->committed_at : time_of(arena, entry.version);
	entry.description = old ? old->description : arena_string(arena, baseline->name);
	entry.checksum = checksum;
	entry.fingerprint = baseline->fingerprint;
	if (!old || !old->checksum || strcmp(old->checksum, checksum) != 0)
		refuse_later(committed, old);
	directory_make(arena_printf(arena, "%s/migrations", directory));
	save_edited(arena, path, old ? old->checksum : NULL);
	/* The file first: what is registered is there, whenever this is interrupted. */
	file_replace(path, text.text, text.length);
	committed_put(committed, &entry);
	committed_write(committed);
	sbuf_release(&text);
	return path;
}
