/* Configuration and state files. */
#include "fuzz.h"
#include "base/json.h"

void
fuzz_one(const char *text, size_t size)
{
	struct json_file file;

	json_parse(&file, "input", text, size);
	json_release(&file);
}
