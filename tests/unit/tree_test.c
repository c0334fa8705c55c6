/* tree/: names of files. */
#include "test.h"
#include "tree/files.h"
#include "tree/layout.h"

#include <string.h>

int
main(void)
{
	struct arena arena = ARENA_INIT;
	char longest[200];

	memset(longest, 'x', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	check_text(file_name_safe(&arena, "Order_line-2"), "Order_line-2", "a plain name stays");
	check_text(file_name_safe(&arena, "../../etc/passwd"), "_etc_passwd", "no way out");
	check_text(file_name_safe(&arena, ".."), "_", "dots");
	check_text(file_name_safe(&arena, ""), "_", "nothing");
	check_text(file_name_safe(&arena, "a \n\t\"'b"), "a_b", "a run of others is one");
	check_text(file_name_safe(&arena, "caf\xc3\xa9"), "caf_", "not ASCII");
	check(strlen(file_name_safe(&arena, longest)) == 80, "not too long");
	check_text(text_digest(&arena, "a\0b", 3), text_digest(&arena, "a\0b", 3), "a digest is of all bytes");
	check(strcmp(text_digest(&arena, "a\0b", 3), text_digest(&arena, "a\0c", 3)) != 0, "another byte, another digest");
	arena_release(&arena);
	return test_end();
}
