#include "sql/settings.h"

#include "pg/quote.h"
#include "sql/reader.h"

#include <stdlib.h>
#include <string.h>

static const char *const default_path[] = { SETTING_SEARCH_PATH, NULL };
const struct settings settings_none = { NULL, 0, default_path };

/* What a statement means, or where what it makes is put, depends on these. */
#define SESSION_SETTINGS(SET) \
	SET("search_path", SETTING_SEARCH_PATH) \
	SET("standard_conforming_strings", "on") \
	SET("backslash_quote", "safe_encoding") \
	SET("transform_null_equals", "off") \
	SET("array_nulls", "on") \
	SET("xmloption", "content") \
	SET("default_tablespace", "''") \
	SET("default_table_access_method", "heap")

#define SET_START(name, value) "SET " name " = " value "; "
#define SET_END(name, value) "RESET " name "; "
#define SET_PAIR(name, value) { name, "SET " name " = " value },

const char settings_start[] = SESSION_SETTINGS(SET_START)
	"SET check_function_bodies = off; SET client_min_messages = warning; SET statement_timeout = 0";
const char settings_end[] = SESSION_SETTINGS(SET_END)
	"RESET check_function_bodies; RESET client_min_messages; RESET statement_timeout";
static const struct setting session_settings[] = { SESSION_SETTINGS(SET_PAIR) { NULL, NULL } };

/* What has no bearing on what a statement makes. */
static const char *const ignored[] = {
	"check_function_bodies", "client_min_messages", "idle_in_transaction_session_timeout",
	"lock_timeout", "statement_timeout", "transaction_timeout", NULL,
};

/* A change that a statement asks for. */
struct change {
	const char *name;  /* NULL: all of them, to their defaults */
	const char *sql;   /* NULL: back to the default */
	const char *value; /* the first value, as text */
	const char **path; /* search_path: its schemas */
	bool local, roles; /* roles: RESET ALL leaves them, DISCARD ALL does not */
};

/* ------------------------------------------------------------ the changes */

/* The list of schemas that stands from here on; `$user` is nobody's schema for certain. */
static const char **
read_path(struct reader *reader)
{
	struct reader ahead = *reader;
	size_t count = 0;
	const char **path;

	for (; ahead.token.type != TOKEN_END; reader_advance(&ahead))
		count++;
	path = arena_array(reader->arena, count + 1, sizeof *path);
	count = 0;
	for (ahead = *reader; ahead.token.type != TOKEN_END; reader_advance(&ahead)) {
		const char *schema = reader_value(&ahead);

		if (ahead.token.type != TOKEN_SIGN && *schema && strcmp(schema, "$user"))
			path[count++] = schema;
	}
	return path;
}

/* What stands behind SET name: [TO|=] DEFAULT | value, … */
static void
read_value(struct reader *reader, struct change *change, const char *set)
{
	const char *rest = reader->lexer.text + reader->token.start;

	if (!reader_accept(reader, "to") && reader->token.type == TOKEN_OPERATOR)
		reader_advance(reader);
	if (reader_accept(reader, "default"))
		return;
	change->value = reader_value(reader);
	change->path = read_path(reader);
	change->sql = arena_printf(reader->arena, "SET %s %s", set, rest);
}

static const char *
read_name(struct reader *reader)
{
	struct sbuf out = SBUF_INIT;
	const char *name;

	/* Custom settings have dots in them. */
	for (;;) {
		token_value(&reader->lexer, &reader->token, &out);
		reader_advance(reader);
		if (!reader_accept_sign(reader, '.'))
			break;
		sbuf_addc(&out, '.');
	}
	for (char *p = out.text; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p |= 0x20;
	name = arena_copy(reader->arena, out.text, out.length);
	sbuf_release(&out);
	return name;
}

/* SET [SESSION|LOCAL] …; false: it sets nothing of the session. */
static bool
read_set(struct reader *reader, struct change *change)
{
	change->local = reader_accept(reader, "local");
	if (reader_accept(reader, "session") && reader_accept(reader, "characteristics"))
		return true;
	if (reader_accept(reader, "transaction"))
		return true;
	if (reader_accept(reader, "constraints"))
		return false;
	if (reader_accept(reader, "authorization")) {
		change->name = "session_authorization";
		read_value(reader, change, "SESSION AUTHORIZATION");
	} else if (reader_accept(reader, "time")) {
		reader_accept(reader, "zone");
		change->name = "timezone";
		read_value(reader, change, "TIME ZONE");
	} else if (reader_accept(reader, "xml")) {
		reader_accept(reader, "option");
		change->name = "xmloption";
		read_value(reader, change, "XML OPTION");
	} else if (reader_accept(reader, "schema")) {
		change->name = "search_path";
		read_value(reader, change, "SCHEMA");
	} else if (reader_accept(reader, "names")) {
		change->name = "client_encoding";
		read_value(reader, change, "NAMES");
	} else {
		const char *from = reader->lexer.text + reader->token.start;
		size_t length;

		change->name = read_name(reader);
		length = (size_t)(reader->lexer.text + reader->token.start - from);
		while (length && strchr(" \t\r\n\f\v", from[length - 1]))
			length--;
		read_value(reader, change, arena_copy(reader->arena, from, length));
	}
	/* Two words that mean the default as DEFAULT does. */
	if (change->value && ((!strcmp(change->name, "role") && !strcmp(change->value, "none")) ||
	                      (!strcmp(change->name, "timezone") && !strcmp(change->value, "local"))))
		change->sql = NULL;
	return true;
}

static bool
read_reset(struct reader *reader, struct change *change)
{
	if (reader_accept(reader, "all"))
		return true;
	if (reader_accept(reader, "session")) {
		change->name = "session_authorization";
	} else if (reader_accept(reader, "time")) {
		change->name = "timezone";
	} else {
		change->name = read_name(reader);
	}
	return true;
}

/* SELECT [pg_catalog.]set_config('name', 'value', bool) and nothing else. */
static bool
read_set_config(struct reader *reader, struct change *change)
{
	struct sbuf sql = SBUF_INIT;
	struct reader list;

	if (reader_accept(reader, "pg_catalog") && !reader_accept_sign(reader, '.'))
		return false;
	if (!reader_accept(reader, "set_config") || !reader_accept_sign(reader, '(') ||
	    reader->token.type != TOKEN_STRING)
		return false;
	change->name = read_name(reader);
	if (!reader_accept_sign(reader, ',') ||
	    (reader->token.type != TOKEN_STRING && reader->token.type != TOKEN_ESCAPED))
		return false;
	change->value = reader_value(reader);
	reader_advance(reader);
	if (!reader_accept_sign(reader, ','))
		return false;
	if (reader_accept(reader, "true"))
		change->local = true;
	else if (!reader_accept(reader, "false"))
		return false;
	if (!reader_accept_sign(reader, ')') || reader->token.type != TOKEN_END)
		return false;
	sbuf_adds(&sql, "SELECT pg_catalog.set_config(");
	quote_literal(&sql, change->name);
	sbuf_adds(&sql, ", ");
	quote_literal(&sql, change->value);
	sbuf_adds(&sql, ", false)");
	change->sql = arena_copy(reader->arena, sql.text, sql.length);
	sbuf_release(&sql);
	reader_start(&list, reader->arena, change->value, strlen(change->value));
	change->path = read_path(&list);
	return true;
}

/* ---------------------------------------------------------- the new state */

static const struct settings *
settings_with(struct arena *arena, const struct settings *old, const struct change *change)
{
	struct settings *new = arena_alloc(arena, sizeof *new);
	struct setting *items = arena_array(arena, old->count + 1, sizeof *items);
	bool placed = !change->sql;

	for (size_t i = 0; i < old->count; i++) {
		const struct setting *item = &old->items[i];
		int order = strcmp(item->name, change->name);

		/* Another session user has no role set. */
		if (!strcmp(change->name, "session_authorization") && !strcmp(item->name, "role"))
			continue;
		if (!placed && order >= 0) {
			items[new->count++] = (struct setting){ change->name, change->sql };
			placed = true;
		}
		if (order)
			items[new->count++] = *item;
	}
	if (!placed)
		items[new->count++] = (struct setting){ change->name, change->sql };
	new->items = items;
	new->path = old->path;
	if (!strcmp(change->name, "search_path"))
		new->path = change->sql ? change->path : default_path;
	return new;
}

static const struct settings *
settings_after(struct arena *arena, const struct settings *old, const struct change *change)
{
	if (change->name)
		return settings_with(arena, old, change);

	const struct settings *new = &settings_none;

	for (size_t i = 0; i < old->count && !change->roles; i++)
		if (!strcmp(old->items[i].name, "role") ||
		    !strcmp(old->items[i].name, "session_authorization"))
			new = settings_with(arena, new, &(struct change){ .name = old->items[i].name,
			                                                  .sql = old->items[i].sql });
	return new;
}

static enum setting_follow
apply(struct setting_track *track, struct arena *arena, const struct change *change)
{
	bool outside = change->local && !track->in_transaction;

	for (size_t i = 0; change->name && ignored[i]; i++)
		if (!strcmp(change->name, ignored[i]))
			return SETTING_FOLLOWED;
	if (outside) /* PostgreSQL warns that it has no effect */
		return SETTING_FOLLOWED;
	track->now = settings_after(arena, track->now, change);
	if (!change->local)
		track->session = track->in_transaction ? settings_after(arena, track->session, change)
		                                       : track->now;
	return SETTING_FOLLOWED;
}

/* Settings that would change how the files themselves are read. */
static const char *
refused(const struct change *change)
{
	static const char *const utf8[] = { "utf8", "utf-8", "UTF8", "UTF-8", "unicode", "UNICODE" };
	static const char *const on[] = { "on", "true", "yes", "1", "ON", "TRUE" };

	if (!change->name || !change->sql)
		return NULL;
	if (!strcmp(change->name, "client_encoding")) {
		for (size_t i = 0; i < sizeof utf8 / sizeof *utf8; i++)
			if (!strcmp(change->value, utf8[i]))
				return "";
		return "another client_encoding than UTF8";
	}
	if (!strcmp(change->name, "standard_conforming_strings")) {
		for (size_t i = 0; i < sizeof on / sizeof *on; i++)
			if (!strcmp(change->value, on[i]))
				return "";
		return "standard_conforming_strings off";
	}
	return NULL;
}

enum setting_follow
setting_follow(struct setting_track *track, struct arena *arena, const struct statement *statement,
               struct problem *problem)
{
	struct reader reader;
	struct change change = { 0 };
	const char *wrong = NULL;
	bool found = false;

	reader_start(&reader, arena, statement->text, statement->length);
	if (reader_accept(&reader, "set")) {
		found = read_set(&reader, &change);
		if (found && !change.name)
			return SETTING_FOLLOWED; /* the modes of a transaction that is not made */
	} else if (reader_accept(&reader, "reset")) {
		found = read_reset(&reader, &change);
	} else if (reader_accept(&reader, "select")) {
		found = read_set_config(&reader, &change);
	} else if (reader_accept(&reader, "discard")) {
		change.roles = found = reader_accept(&reader, "all");
	} else if (reader_accept(&reader, "begin") || reader_accept(&reader, "start")) {
		track->in_transaction = true;
		return SETTING_FOLLOWED;
	} else if (reader_accept(&reader, "commit") || reader_accept(&reader, "end")) {
		if (!reader_is(&reader, "prepared")) {
			track->in_transaction = false;
			track->now = track->session;
			return SETTING_FOLLOWED;
		}
		wrong = "COMMIT PREPARED in a file to be loaded";
	} else if (reader_accept(&reader, "savepoint") || reader_accept(&reader, "release")) {
		return SETTING_FOLLOWED;
	} else if (reader_accept(&reader, "rollback") || reader_accept(&reader, "abort")) {
		wrong = "ROLLBACK in a file to be loaded: what it would undo stands there as declared";
	} else if (reader_accept(&reader, "prepare") && reader_accept(&reader, "transaction")) {
		wrong = "PREPARE TRANSACTION in a file to be loaded";
	}
	if (found)
		wrong = refused(&change);
	if (wrong && *wrong) {
		*problem = (struct problem){ .file = statement->file, .line = statement->line, .text = wrong };
		return SETTING_WRONG;
	}
	if (wrong)
		return SETTING_FOLLOWED;
	return found ? apply(track, arena, &change) : SETTING_OTHER;
}

/* ------------------------------------------------------------- switching */

static bool
is_user(const struct setting *setting)
{
	return !strcmp(setting->name, "role") || !strcmp(setting->name, "session_authorization");
}

static const struct setting *
find(const struct settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->count; i++)
		if (!strcmp(settings->items[i].name, name))
			return &settings->items[i];
	return NULL;
}

static bool
same(const struct settings *a, const struct settings *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->items[i].name, b->items[i].name) || strcmp(a->items[i].sql, b->items[i].sql))
			return false;
	return true;
}

static void
add_step(struct setting_steps *steps, const char *sql)
{
	GROW(steps->items, steps->count, steps->room);
	steps->items[steps->count++] = sql;
}

static const char *
reset_sql(struct arena *arena, const char *name)
{
	struct sbuf sql = SBUF_INIT;
	const char *text;

	for (const struct setting *s = session_settings; s->name; s++)
		if (!strcmp(name, s->name))
			return s->sql;
	sbuf_adds(&sql, "RESET ");
	/* A custom setting's name has dots in it, which belong to the syntax. */
	while (*name) {
		size_t length = strcspn(name, ".");

		quote_identifier(&sql, arena_copy(arena, name, length));
		name += length;
		if (*name)
			sbuf_addc(&sql, *name++);
	}
	text = arena_copy(arena, sql.text, sql.length);
	sbuf_release(&sql);
	return text;
}

void
settings_switch(const struct settings *from, const struct settings *to, struct arena *arena,
                struct setting_steps *steps)
{
	bool users = false;

	steps->count = 0;
	if (from == to || same(from, to))
		return;
	/* Settings are made as the user who logged in: another may not be allowed to. */
	for (size_t i = 0; i < from->count; i++)
		users = users || is_user(&from->items[i]);
	if (users) {
		add_step(steps, "RESET SESSION AUTHORIZATION");
		add_step(steps, "RESET ROLE");
	}
	for (size_t i = 0; i < from->count; i++)
		if (!is_user(&from->items[i]) && !find(to, from->items[i].name))
			add_step(steps, reset_sql(arena, from->items[i].name));
	for (size_t i = 0; i < to->count; i++) {
		const struct setting *new = &to->items[i], *old = find(from, new->name);

		if (!is_user(new) && !(old && !strcmp(old->sql, new->sql)))
			add_step(steps, new->sql);
	}
	for (int pass = 0; pass < 2; pass++) {
		const struct setting *user = find(to, pass ? "role" : "session_authorization");

		if (user)
			add_step(steps, user->sql);
	}
}
