#include "base/die.h"
#include "base/sbuf.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char *program = "pk";

enum { UNDO_MAX = 8 };
static struct {
	void (*undo)(void *);
	void *what;
} undos[UNDO_MAX];
static volatile sig_atomic_t undo_count;

void
report_program(const char *name)
{
	program = name;
}

const char *
report_program_name(void)
{
	return program;
}

/* ------------------------------------------------------------- passwords */

/* The end of the password in `://user:password@`, given what follows `://`. */
static const char *
authority_password(const char *at, const char **end)
{
	/* libpq ends a password at @ or /, and nothing else: ? and # can stand in it. */
	const char *stop = at + strcspn(at, "/ \t\r\n");
	const char *last = NULL, *colon = NULL;

	for (const char *p = at; p < stop; p++)
		if (*p == '@')
			last = p;
	if (!last)
		return NULL;
	for (const char *p = at; p < last && !colon; p++)
		if (*p == ':')
			colon = p;
	*end = last;
	return colon ? colon + 1 : NULL;
}

char *
mask_passwords(const char *text)
{
	struct sbuf out = SBUF_INIT;
	const char *p = text;

	while (*p) {
		const char *end = NULL, *secret;

		if (!strncmp(p, "://", 3) && (secret = authority_password(p + 3, &end))) {
			sbuf_add(&out, p, (size_t)(secret - p));
			sbuf_adds(&out, "****");
			p = end;
			continue;
		}
		if (!strncasecmp(p, "password", 8)) {
			const char *value = p + 8 + strspn(p + 8, " \t");

			if (*value == '=') {
				value++;
				value += strspn(value, " \t");
				sbuf_add(&out, p, (size_t)(value - p));
				sbuf_adds(&out, "****");
				if (*value == '\'') {
					value++;
					while (*value && *value != '\'')
						value += *value == '\\' && value[1] ? 2 : 1;
					p = *value ? value + 1 : value;
				} else {
					p = value + strcspn(value, "& \t\r\n\"'");
				}
				continue;
			}
		}
		sbuf_addc(&out, *p++);
	}
	return sbuf_take(&out);
}

/* -------------------------------------------------------------- messages */

static void
say_indented(const char *label, const char *text)
{
	if (text && *text) {
		char *masked = mask_passwords(text);

		fprintf(stderr, "  %s: %s\n", label, masked);
		free(masked);
	}
}

void
report(const struct report *message)
{
	char *masked = mask_passwords(message->text);

	fflush(stdout);
	fprintf(stderr, "%s: ", program);
	if (message->file) {
		fputs(message->file, stderr);
		if (message->line)
			fprintf(stderr, ":%ld", message->line);
		if (message->column)
			fprintf(stderr, ":%ld", message->column);
		fputs(": ", stderr);
	}
	fprintf(stderr, "%s: %s", message->severity ? message->severity : "error", masked);
	if (message->sqlstate && *message->sqlstate)
		fprintf(stderr, " (SQLSTATE %s)", message->sqlstate);
	fputc('\n', stderr);
	say_indented("detail", message->detail);
	say_indented("hint", message->hint);
	free(masked);
}

static void
run_undos(void)
{
	while (undo_count > 0) {
		undo_count--;
		undos[undo_count].undo(undos[undo_count].what);
	}
}

static _Noreturn void
end(enum status status)
{
	run_undos();
	/* _exit, not exit: a product that is only half there must not be flushed. */
	_exit(status);
}

_Noreturn void
die_report(enum status status, const struct report *message)
{
	report(message);
	end(status);
}

static void
vsay(const char *severity, const char *hint, const char *format, va_list args)
{
	struct sbuf text = SBUF_INIT;

	sbuf_vaddf(&text, format, args);
	report(&(struct report){ .severity = severity, .text = text.text, .hint = hint });
	sbuf_release(&text);
}

_Noreturn void
die(enum status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsay(NULL, NULL, format, args);
	end(status);
}

_Noreturn void
die_hint(enum status status, const char *hint, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsay(NULL, hint, format, args);
	end(status);
}

void
warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsay("warning", NULL, format, args);
	va_end(args);
}

void
note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsay("note", NULL, format, args);
	va_end(args);
}

/* ----------------------------------------------------------------- undos */

static void
die_by_signal(int number)
{
	run_undos();
	signal(number, SIG_DFL);
	raise(number);
}

void
on_death(void (*undo)(void *), void *what)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

	if (undo_count == UNDO_MAX)
		die(STATUS_BUG, "too many things to undo");
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		signal(signals[i], die_by_signal);
	undos[undo_count].undo = undo;
	undos[undo_count].what = what;
	undo_count++;
}

void
off_death(void *what)
{
	for (int i = undo_count - 1; i >= 0; i--)
		if (undos[i].what == what) {
			memmove(&undos[i], &undos[i + 1],
			        (size_t)(undo_count - i - 1) * sizeof *undos);
			undo_count--;
			return;
		}
}
