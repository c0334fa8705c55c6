/* postkit.config.json as config_read reads it, and its remotes' URLs. */
#include "fuzz.h"
#include "config/config.h"

#include <stdio.h>

void
fuzz_one(const char *text, size_t size)
{
	static struct arena arena;
	const struct config *config;
	FILE *file = fopen(CONFIG_FILE, "w");

	arena_release(&arena);
	if (!file)
		return;
	fwrite(text, 1, size, file);
	fclose(file);
	config = config_read(&arena);
	for (size_t i = 0; i < config->remote_count; i++)
		config_remote_url(&arena, &config->remotes[i]);
}
