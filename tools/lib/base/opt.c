#include "base/opt.h"
#include "base/arena.h"
#include "base/die.h"
#include "base/io.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct opt standard[] = {
	{ OPT_FLAG, 'h', "help", NULL, "show this help", NULL },
	{ OPT_FLAG, 0, "version", NULL, "show the version", NULL },
	{ OPT_FLAG, 0, "man", NULL, "write the man page (roff)", NULL },
	{ 0 },
};

/* ------------------------------------------------------------ help, man */

static int
spell(char *out, size_t size, const struct opt *opt)
{
	const char *value = opt->value ? opt->value : "VALUE";
	int n = opt->letter ? snprintf(out, size, "-%c, ", opt->letter) : snprintf(out, size, "    ");

	return n + snprintf(out + n, size - (size_t)n, opt->type == OPT_FLAG ? "--%s" : "--%s=%s",
	                    opt->name, value);
}

static void
help_options(const struct opt *options)
{
	char spelled[128];

	for (const struct opt *o = options; o && o->type; o++) {
		int width = spell(spelled, sizeof spelled, o);

		if (width > 26)
			printf("  %s\n  %-26s  %s\n", spelled, "", o->help);
		else
			printf("  %-26s  %s\n", spelled, o->help);
	}
}

static void
help(const struct usage *usage)
{
	printf("%s - %s\n\nusage: %s [OPTION]... %s\n\n%s\n\noptions:\n", usage->name, usage->summary,
	       usage->name, usage->operands, usage->description);
	help_options(usage->options);
	help_options(standard);
}

/* Text for roff: backslashes and leading dots lose their meaning. */
static void
man_text(const char *text)
{
	bool start = true;

	for (; *text; text++) {
		if (start && (*text == '.' || *text == '\''))
			fputs("\\&", stdout);
		if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '-')
			fputs("\\-", stdout);
		else
			putchar(*text);
		start = *text == '\n';
	}
}

static void
man_description(const char *text)
{
	bool shown = false; /* inside lines that are shown as they are */

	while (*text) {
		size_t length = strcspn(text, "\n");
		char *line = memory_resize(NULL, length + 1);

		memcpy(line, text, length);
		line[length] = '\0';
		if ((*line == ' ') != shown && *line) {
			fputs(shown ? ".fi\n.RE\n" : ".RS\n.nf\n", stdout);
			shown = !shown;
		}
		if (*line) {
			man_text(line);
			putchar('\n');
		} else {
			fputs(shown ? "\n" : ".PP\n", stdout);
		}
		free(line);
		text += length + (text[length] == '\n');
	}
	if (shown)
		fputs(".fi\n.RE\n", stdout);
}

static void
man_options(const struct opt *options)
{
	char spelled[128];

	for (const struct opt *o = options; o && o->type; o++) {
		spell(spelled, sizeof spelled, o);
		fputs(".TP\n.B ", stdout);
		man_text(spelled + strspn(spelled, " "));
		putchar('\n');
		man_text(o->help);
		fputs(".\n", stdout);
	}
}

static void
man(const struct usage *usage)
{
	printf(".TH %s 1 \"\" \"PostKit %s\" \"PostKit\"\n.SH NAME\n", usage->name, PK_VERSION);
	man_text(usage->name);
	fputs(" \\- ", stdout);
	man_text(usage->summary);
	printf("\n.SH SYNOPSIS\n.B %s\n[OPTION]... ", usage->name);
	man_text(usage->operands);
	fputs("\n.SH DESCRIPTION\n", stdout);
	man_description(usage->description);
	fputs(".SH OPTIONS\n", stdout);
	man_options(usage->options);
	man_options(standard);
	fputs(".SH EXIT STATUS\n"
	      "0 done; 1 the answer is no; 2 wrong usage or bad input; 3 the database refused;\n"
	      "4 the database cannot be reached; 70 a bug.\n",
	      stdout);
}

/* --------------------------------------------------------------- parsing */

static const struct opt *
find(const struct opt *options, const char *name, size_t length, char letter)
{
	for (const struct opt *o = options; o && o->type; o++) {
		if (letter && o->letter == letter)
			return o;
		if (name && strlen(o->name) == length && !strncmp(o->name, name, length))
			return o;
	}
	return NULL;
}

static _Noreturn void
wrong(const struct usage *usage, const char *what, const char *text)
{
	char hint[128];

	snprintf(hint, sizeof hint, "see %s --help", usage->name);
	die_hint(STATUS_USAGE, hint, "%s%s", what, text);
}

static void
store(const struct usage *usage, const struct opt *opt, const char *value)
{
	char *end;
	struct opt_list *list;

	switch (opt->type) {
	case OPT_FLAG:
		*(bool *)opt->into = true;
		break;
	case OPT_STRING:
		*(const char **)opt->into = value;
		break;
	case OPT_NUMBER:
		errno = 0;
		*(long *)opt->into = strtol(value, &end, 10);
		if (errno || *end || end == value || *(long *)opt->into < 0)
			wrong(usage, "not a number: ", value);
		break;
	case OPT_LIST:
		list = opt->into;
		GROW(list->items, list->count, list->room);
		list->items[list->count++] = value;
		break;
	case OPT_END:
		break;
	}
}

static void
standard_option(const struct usage *usage, const struct opt *opt)
{
	if (opt == &standard[0])
		help(usage);
	else if (opt == &standard[1])
		printf("%s (PostKit) %s\n", usage->name, PK_VERSION);
	else
		man(usage);
	output_close();
	exit(STATUS_DONE);
}

const char **
usage_parse(const struct usage *usage, int argc, char **argv, size_t *count)
{
	const char **operands = memory_resize(NULL, (size_t)(argc + 1) * sizeof *operands);
	size_t n = 0;

	report_program(usage->name);
	for (int i = 1; i < argc; i++) {
		const char *arg = argv[i], *value = NULL;
		const struct opt *opt = NULL;

		if (arg[0] != '-' || !arg[1]) {
			operands[n++] = arg;
			if (n != usage->command)
				continue;
		}
		if (n && n == usage->command) {
			while (++i < argc)
				operands[n++] = argv[i];
			break;
		}
		if (!strcmp(arg, "--")) {
			while (++i < argc)
				operands[n++] = argv[i];
			break;
		}
		if (arg[1] == '-') {
			size_t length = strcspn(arg + 2, "=");

			opt = find(usage->options, arg + 2, length, 0);
			if (!opt)
				opt = find(standard, arg + 2, length, 0);
			if (arg[2 + length] == '=')
				value = arg + 2 + length + 1;
		} else {
			opt = find(usage->options, NULL, 0, arg[1]);
			if (!opt)
				opt = find(standard, NULL, 0, arg[1]);
			if (opt && arg[2]) {
				if (opt->type == OPT_FLAG)
					wrong(usage, "options cannot be joined: ", arg);
				value = arg + 2;
			}
		}
		if (!opt)
			wrong(usage, "unknown option ", arg);
		if (!opt->into)
			standard_option(usage, opt);
		if (opt->type == OPT_FLAG && value)
			wrong(usage, "the option takes no value: ", arg);
		if (opt->type != OPT_FLAG && !value) {
			if (++i >= argc)
				wrong(usage, "a value is missing after ", arg);
			value = argv[i];
		}
		store(usage, opt, value);
	}
	operands[n] = NULL;
	if (n < usage->least)
		wrong(usage, "missing operand: ", usage->operands);
	if (n > usage->most)
		wrong(usage, "one operand too many: ", operands[usage->most]);
	*count = n;
	return operands;
}
