/*
 * A fuzz target without libFuzzer: DIRECTORY's files, in order, each as it is
 * and in some hundred mutations, the same every time. Prints one line for each
 * file; a sanitizer's report or abort() ends it.
 */
#include "fuzz.h"

#include "base/io.h"
#include "base/sbuf.h"

#include <dirent.h>
#include <sanitizer/common_interface_defs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MUTATIONS = 300, SECONDS = 10 };

static uint64_t state = 88172645463325252u;

static size_t
random_below(size_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return limit ? (size_t)(state % limit) : 0;
}

static void
mutate(const struct sbuf *from, struct sbuf *to)
{
	static const char tokens[][8] = { "'", "\"", "$$", "\\", "--", "/*", "*/", ";", "\n", "{", "}", "[",
		                          "%", "\x80", "\xff", "E'", "\\u", ":", "@", "0", "," };

	sbuf_reset(to);
	sbuf_add(to, from->text, from->length);
	for (size_t changes = 1 + random_below(4); changes; changes--) {
		size_t at = random_below(to->length + 1), length = 1 + random_below(8);
		size_t from_end = to->length - at;
		struct sbuf tail = SBUF_INIT;

		sbuf_add(&tail, to->text + at, from_end);
		switch (random_below(4)) {
		case 0: /* a byte becomes another */
			if (from_end)
				to->text[at] = (char)random_below(256);
			break;
		case 1: /* some bytes go */
			sbuf_cut(to, at);
			if (from_end > length)
				sbuf_add(to, tail.text + length, from_end - length);
			break;
		case 2: /* some come twice */
			sbuf_add(to, tail.text, from_end);
			break;
		default: /* a token comes in between */
			sbuf_cut(to, at);
			sbuf_adds(to, tokens[random_below(sizeof tokens / sizeof *tokens)]);
			sbuf_add(to, tail.text, from_end);
		}
		sbuf_release(&tail);
	}
}

static int
visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
	struct sbuf original = SBUF_INIT, mutated = SBUF_INIT, path = SBUF_INIT;
	struct dirent **entries;
	int count;

	if (argc != 2 || (count = scandir(argv[1], &entries, visible, alphasort)) < 1) {
		printf("not ok - no inputs in %s\n", argc > 1 ? argv[1] : "(no directory)");
		return 1;
	}
	/* The messages of thousands of wrong inputs are of no use; a sanitizer's report is. */
	__sanitizer_set_report_fd((void *)(intptr_t)dup(STDERR_FILENO));
	if (!freopen("/dev/null", "w", stderr))
		return 1;
	for (int i = 0; i < count; i++) {
		sbuf_reset(&path);
		sbuf_addf(&path, "%s/%s", argv[1], entries[i]->d_name);
		sbuf_reset(&original);
		file_must_read(path.text, &original);
		LLVMFuzzerTestOneInput((const uint8_t *)original.text, original.length);
		for (int j = 0; j < MUTATIONS; j++) {
			/* An endless loop ends here. */
			alarm(SECONDS);
			mutate(&original, &mutated);
			LLVMFuzzerTestOneInput((const uint8_t *)mutated.text, mutated.length);
		}
		alarm(0);
		printf("ok - %s\n", entries[i]->d_name);
		fflush(stdout);
		free(entries[i]);
	}
	free(entries);
	return 0;
}
