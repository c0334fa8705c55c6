#include "test.h"
#include "base/sbuf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int failures;

bool
check(bool ok, const char *name)
{
	printf("%s - %s\n", ok ? "ok" : "not ok", name);
	/* What a crash of the next check leaves must be there. */
	fflush(stdout);
	failures += !ok;
	return ok;
}

bool
check_text(const char *actual, const char *expected, const char *name)
{
	bool same = actual && expected ? !strcmp(actual, expected) : actual == expected;

	if (!check(same, name))
		printf("    got:      %s\n    expected: %s\n", actual ? actual : "NULL",
		       expected ? expected : "NULL");
	return same;
}

bool
check_number(long long actual, long long expected, const char *name)
{
	if (!check(actual == expected, name))
		printf("    got: %lld, expected: %lld\n", actual, expected);
	return actual == expected;
}

bool
check_dies(void (*run)(void *), void *what, int status, const char *message, const char *name)
{
	struct sbuf said = SBUF_INIT;
	char block[4096];
	int ends[2], ended = 0;
	pid_t child;
	ssize_t n;
	bool ok;

	fflush(stdout);
	if (pipe(ends) || (child = fork()) < 0)
		return check(false, name);
	if (!child) {
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		run(what);
		_exit(0);
	}
	close(ends[1]);
	while ((n = read(ends[0], block, sizeof block)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			sbuf_add(&said, block, (size_t)n);
	close(ends[0]);
	while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
		continue;
	ok = WIFEXITED(ended) && WEXITSTATUS(ended) == status && strstr(said.text, message);
	if (!check(ok, name))
		printf("    status %d, it said: %s\n", WIFEXITED(ended) ? WEXITSTATUS(ended) : -1, said.text);
	sbuf_release(&said);
	return ok;
}

int
test_end(void)
{
	return failures > 0;
}
