/*
 * opt.h - one table is the option parser, --help and the man page
 *
 * Every program fills a struct usage and calls usage_parse. It understands
 * `-x`, `-xVALUE`, `-x VALUE`, `--name`, `--name=VALUE`, `--name VALUE` and
 * `--`; options may stand after operands. --help, --version and --man (the
 * man page in roff) come by themselves.
 */
#ifndef PK_OPT_H
#define PK_OPT_H

#include <stdbool.h>
#include <stddef.h>

#define PK_VERSION "0.1.0"

enum opt_type {
	OPT_END = 0,
	OPT_FLAG,   /* bool *            set to true */
	OPT_STRING, /* const char **     */
	OPT_NUMBER, /* long *            a whole number, not negative */
	OPT_LIST    /* struct opt_list * each use adds one value */
};

struct opt_list {
	const char **items;
	size_t count, room;
};

struct opt {
	enum opt_type type;
	char letter; /* 0: none */
	const char *name;
	const char *value; /* what the help calls the value, "FILE" */
	const char *help;  /* one line, a sentence without its full stop */
	void *into;
};

struct usage {
	const char *name;     /* "pk-dump" */
	const char *summary;  /* "writes all facts of a database" */
	const char *operands; /* "[DATABASE]" */
	/* Paragraphs divided by empty lines; a line that starts with a blank is
	 * shown as it is. */
	const char *description;
	const struct opt *options; /* ended by { 0 } */
	size_t least, most;        /* how many operands */
	/* The number, from 1, of the operand that begins another program's command
	 * line: everything after it is an operand. 0: there is none. */
	size_t command;
};

/*
 * Parses the command line. Fills what the options point at and returns the
 * operands, ended by NULL, `*count` of them. Wrong usage ends the program with
 * status 2; --help, --version and --man with 0. Also names the program for all
 * messages (see die.h) and sets the locale to C.
 */
const char **
usage_parse(const struct usage *usage, int argc, char **argv, size_t *count);

#endif
