/*
 * fuzz.h - what a fuzz target is
 *
 * tests/fuzz/<parser>_fuzz.c defines fuzz_one, and tests/fuzz/<parser>/ holds
 * its first inputs, one a file. `make fuzz` lets clang's libFuzzer look for
 * inputs that crash it; `make test` feeds it the files and a fixed number of
 * mutations of each (fuzz_main.c).
 *
 * A target may end by die(): that is an answer like any other, as long as the
 * status is not 70. What it allocates is not given back then, so that a target
 * keeps to small inputs (FUZZ_MOST).
 */
#ifndef PK_FUZZ_H
#define PK_FUZZ_H

#include <stddef.h>
#include <stdint.h>

enum { FUZZ_MOST = 4096 };

/* Parses `size` bytes, which are followed by a NUL. */
void
fuzz_one(const char *text, size_t size);

/* libFuzzer's entry; also called by fuzz_main.c. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
