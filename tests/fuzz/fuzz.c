/* From libFuzzer's call to fuzz_one, and back out of die(): the linker puts __wrap__exit in _exit's place. */
#include "fuzz.h"
#include "base/die.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

void
__real__exit(int status) __attribute__((noreturn));
void
__wrap__exit(int status) __attribute__((noreturn));

static jmp_buf back;
static bool inside;

void
__wrap__exit(int status)
{
	if (!inside)
		__real__exit(status);
	if (status == STATUS_BUG)
		abort();
	longjmp(back, 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* On the heap, so that a read past the end is seen; out of longjmp's reach. */
	static char *text;

	if (size > FUZZ_MOST)
		return 0;
	free(text);
	text = malloc(size + 1);
	memcpy(text, data, size);
	text[size] = '\0';
	inside = true;
	if (!setjmp(back))
		fuzz_one(text, size);
	inside = false;
	return 0;
}
