#include "tree/files.h"

#include "base/die.h"
#include "base/io.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *
text_digest(struct arena *arena, const char *text, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
	hash ^= (uint64_t)length * 0x9e3779b97f4a7c15u;
	return arena_printf(arena, "%016llx", (unsigned long long)(hash ^ (hash >> 31)));
}

static bool
is_sql(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && !strcmp(name + length - 4, ".sql");
}

static void
read_file(struct tree_files *files, const char *full, const char *path)
{
	struct sbuf text = SBUF_INIT;
	struct tree_file file = { .path = path };

	file_must_read(full, &text);
	file.text = arena_copy(&files->arena, text.text, text.length);
	file.length = text.length;
	file.digest = text_digest(&files->arena, file.text, file.length);
	GROW(files->files, files->count, files->room);
	files->files[files->count++] = file;
	sbuf_release(&text);
}

static void
read_directory(struct tree_files *files, const char *root, const char *inner)
{
	const char *full = *inner ? arena_printf(&files->arena, "%s/%s", root, inner) : root;
	DIR *directory = opendir(full);
	struct dirent *entry;

	if (!directory && errno == ENOENT && !*inner)
		return;
	if (!directory)
		die(STATUS_USAGE, "cannot read the directory %s: %s", full, strerror(errno));
	while ((entry = readdir(directory))) {
		const char *path, *whole;
		struct stat status;

		if (*entry->d_name == '.' || (!*inner && !strcmp(entry->d_name, "seeds")))
			continue;
		path = *inner ? arena_printf(&files->arena, "%s/%s", inner, entry->d_name) :
		                arena_string(&files->arena, entry->d_name);
		whole = arena_printf(&files->arena, "%s/%s", root, path);
		if (stat(whole, &status))
			die(STATUS_USAGE, "cannot read %s: %s", whole, strerror(errno));
		if (S_ISDIR(status.st_mode))
			read_directory(files, root, path);
		else if (S_ISREG(status.st_mode) && is_sql(entry->d_name))
			read_file(files, whole, path);
	}
	closedir(directory);
}

static int
compare_path(const void *a, const void *b)
{
	return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

void
tree_files_read(struct tree_files *files, const char *directory)
{
	*files = (struct tree_files){ ARENA_INIT, NULL, 0, 0 };
	read_directory(files, directory, "");
	if (files->count)
		qsort(files->files, files->count, sizeof *files->files, compare_path);
}

struct tree_file *
tree_files_find(const struct tree_files *files, const char *path)
{
	struct tree_file wanted = { .path = path };

	return files->count ? bsearch(&wanted, files->files, files->count, sizeof *files->files, compare_path) :
	                      NULL;
}

void
tree_files_release(struct tree_files *files)
{
	free(files->files);
	arena_release(&files->arena);
	*files = (struct tree_files){ ARENA_INIT, NULL, 0, 0 };
}
