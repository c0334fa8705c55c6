/*
 * die.h - what a program says when something is wrong, and how it ends
 *
 * Every message has the form `pk-load: schema/users.sql:12: error: …`, followed
 * by lines `detail: …` and `hint: …` where there are any. Everything goes to
 * stderr, passwords in URLs and conninfo strings are masked on the way.
 * A cause that only a caller can mend is returned; everything else dies where
 * it is known.
 */
#ifndef PK_DIE_H
#define PK_DIE_H

#include <stdarg.h>
#include <stdbool.h>

/* The exit status of every program. */
enum status {
	STATUS_DONE = 0,
	STATUS_NO = 1,          /* the answer is no: differences, refused, drift */
	STATUS_USAGE = 2,       /* wrong usage or bad input */
	STATUS_REFUSED = 3,     /* the database refused; SQLSTATE is shown */
	STATUS_UNREACHABLE = 4, /* no connection, or lost: worth trying again */
	STATUS_BUG = 70
};

/* One message. Only `text` is required; `file` and `line` say where. */
struct report {
	const char *severity; /* "error" (also when NULL), "warning", "note" */
	const char *file;
	long line; /* from 1; 0: none */
	long column; /* from 1; 0: none */
	const char *text, *detail, *hint, *sqlstate;
};

/* Names the program in all messages. The name must stay valid. */
void
report_program(const char *name);

const char *
report_program_name(void);

void
report(const struct report *message);

/* Says it, and ends the program. */
_Noreturn void
die(enum status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same, with what to do next. */
_Noreturn void
die_hint(enum status status, const char *hint, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

_Noreturn void
die_report(enum status status, const struct report *message);

void
warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

void
note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Writes `text` with every password in it replaced by ****: the one of
 * `scheme://user:password@host`, and values of password= and sslpassword=.
 * The result is to be freed.
 */
char *
mask_passwords(const char *text);

/*
 * Calls `undo(what)` when the program ends by die() or by the signals INT,
 * TERM, HUP (for temporary files and servers); the latest first. It must be
 * safe in a signal handler. At most 8 at a time.
 */
void
on_death(void (*undo)(void *), void *what);

/* Forgets the latest on_death with that `what`. */
void
off_death(void *what);

#endif
