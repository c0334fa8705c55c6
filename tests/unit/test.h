/*
 * test.h - what the unit tests use
 *
 * A unit test is one program, tests/unit/<subject>_test.c, with a main that
 * checks and ends with `return test_end();`. Each check prints `ok - NAME` or
 * `not ok - NAME`, and goes on.
 */
#ifndef PK_TEST_H
#define PK_TEST_H

#include <stdbool.h>
#include <stddef.h>

/* Passes when `ok`. Returns it. */
bool
check(bool ok, const char *name);

/* Passes when the strings are the same; NULL is only equal to NULL. */
bool
check_text(const char *actual, const char *expected, const char *name);

/* Passes when the numbers are the same. */
bool
check_number(long long actual, long long expected, const char *name);

/*
 * Passes when `run(what)` ends the program (as by die) with this status and
 * says something in which `message` occurs. It runs in a process of its own.
 */
bool
check_dies(void (*run)(void *), void *what, int status, const char *message, const char *name);

/* The exit status of the test. */
int
test_end(void);

#endif
