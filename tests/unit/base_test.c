/* The base: messages without passwords, files, options. */
#include "test.h"
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "base/sbuf.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
masks(const char *text, const char *expected)
{
	char *masked = mask_passwords(text);

	check_text(masked, expected, text);
	free(masked);
}

static void
test_masks(void)
{
	masks("postgres://me:secret@host/db", "postgres://me:****@host/db");
	masks("postgres://me:s@c:r?t@host/db", "postgres://me:****@host/db");
	masks("postgres://me@host:5432/db", "postgres://me@host:5432/db");
	masks("host=h password=secret user=u", "host=h password=**** user=u");
	masks("host=h password = 'se cr\\'et' user=u", "host=h password = **** user=u");
	masks("postgres://h/db?password=secret&sslmode=require", "postgres://h/db?password=****&sslmode=require");
	masks("no secret", "no secret");
}

static void
test_files(void)
{
	struct sbuf text = SBUF_INIT;
	struct stat status;

	directory_make("a/b/c");
	check(file_replace("a/b/file", "one", 3), "a new file is written");
	check(!file_replace("a/b/file", "one", 3), "the same content is not written again");
	check(file_replace_mode("a/b/file", "two", 3, 0600), "other content is");
	check(!stat("a/b/file", &status) && (status.st_mode & 0777) == 0600, "with its mode");
	check(file_read("a/b/file", &text), "it can be read");
	check_text(text.text, "two", "and holds the content");
	check(!file_read("a/missing", &text), "a missing file cannot be read");
	check(!symlink("../..", "a/b/link"), "a link out of the directory");
	check(file_replace("outside", "x", 1), "a file outside");
	check(directory_remove("a"), "the directory is removed");
	check(!file_exists("a") && file_exists("outside"), "and nothing outside it");
	check(directory_remove("a"), "what is not there is removed already");
	sbuf_release(&text);
}

static const char *name, **operands;
static bool flag;
static long number;
static size_t count;
static const struct opt options[] = {
	{ OPT_STRING, 'n', "name", "NAME", "a name", &name },
	{ OPT_FLAG, 'f', "flag", NULL, "a flag", &flag },
	{ OPT_NUMBER, 0, "number", "N", "a number", &number },
	{ 0 },
};

static void
parse(void *what)
{
	static const struct usage usage = { .name = "pk-test", .operands = "A B...", .options = options,
		                            .least = 1, .most = 5, .command = 2 };
	char **argv = what;
	int argc = 0;

	while (argv[argc])
		argc++;
	operands = usage_parse(&usage, argc, argv, &count);
}

#define ARGV(...) ((char *[]){ (char[]){ "pk-test" }, __VA_ARGS__, NULL })

static void
test_options(void)
{
	parse(ARGV((char[]){ "-nx" }, (char[]){ "a" }, (char[]){ "--flag" }, (char[]){ "--number=7" }));
	check(!strcmp(name, "x") && flag && number == 7, "options before and after an operand");
	check_number((long long)count, 1, "one operand");
	parse(ARGV((char[]){ "a" }, (char[]){ "b" }, (char[]){ "--name" }, (char[]){ "y" }));
	check(count == 4 && !strcmp(operands[2], "--name"), "a command's options are operands");
	check_dies(parse, ARGV((char[]){ "a" }, (char[]){ "--number=x" }), 2, "not a number", "a number that is none");
	check_dies(parse, ARGV((char[]){ "--nothing" }), 2, "unknown option", "an unknown option");
	check_dies(parse, ARGV((char[]){ "-f" }), 2, "missing operand", "a missing operand");
}

int
main(void)
{
	test_masks();
	test_files();
	test_options();
	return test_end();
}
