#include "base/io.h"
#include "base/die.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
file_read(const char *path, struct sbuf *out)
{
	char block[65536];
	bool standard_input = !strcmp(path, "-");
	int descriptor = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	int error = 0;

	if (descriptor < 0)
		return false;
	for (;;) {
		ssize_t n = read(descriptor, block, sizeof block);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			error = errno;
		if (n <= 0)
			break;
		sbuf_add(out, block, (size_t)n);
	}
	if (!standard_input)
		close(descriptor);
	errno = error;
	return !error;
}

void
file_must_read(const char *path, struct sbuf *out)
{
	if (!file_read(path, out))
		die(STATUS_USAGE, "cannot read %s: %s", strcmp(path, "-") ? path : "standard input",
		    strerror(errno));
}

bool
descriptor_write(int descriptor, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length) {
		ssize_t n = write(descriptor, at, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		at += n;
		length -= (size_t)n;
	}
	return true;
}

static bool
same_content(const char *path, const void *bytes, size_t length)
{
	struct stat status;
	struct sbuf old = SBUF_INIT;
	bool same;

	if (stat(path, &status) || !S_ISREG(status.st_mode) || (size_t)status.st_size != length)
		return false;
	same = file_read(path, &old) && old.length == length && !memcmp(old.text, bytes, length);
	sbuf_release(&old);
	return same;
}

static void
remove_file(void *path)
{
	unlink(path);
}

static bool
replace(const char *path, const void *bytes, size_t length, mode_t mode, bool sync)
{
	struct sbuf temporary = SBUF_INIT;
	int descriptor;
	bool ok;

	if (same_content(path, bytes, length))
		return false;
	sbuf_addf(&temporary, "%s.XXXXXX", path);
	descriptor = mkstemp(temporary.text);
	if (descriptor < 0)
		die(STATUS_USAGE, "cannot write %s: %s", path, strerror(errno));
	on_death(remove_file, temporary.text);
	ok = descriptor_write(descriptor, bytes, length) && !fchmod(descriptor, mode) &&
	     (!sync || !fsync(descriptor));
	ok = !close(descriptor) && ok;
	if (!ok || rename(temporary.text, path))
		die(STATUS_USAGE, "cannot write %s: %s", path, strerror(errno));
	off_death(temporary.text);
	sbuf_release(&temporary);
	return true;
}

bool
file_replace_mode(const char *path, const void *bytes, size_t length, mode_t mode)
{
	return replace(path, bytes, length, mode, true);
}

static mode_t
usual_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

bool
file_replace(const char *path, const void *bytes, size_t length)
{
	return replace(path, bytes, length, usual_mode(), true);
}

bool
file_replace_fast(const char *path, const void *bytes, size_t length)
{
	return replace(path, bytes, length, usual_mode(), false);
}

bool
file_exists(const char *path)
{
	struct stat status;

	return !stat(path, &status);
}

void
directory_make(const char *path)
{
	struct sbuf part = SBUF_INIT;
	struct stat status;

	sbuf_adds(&part, path);
	for (char *p = part.text + 1;; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(part.text, 0777) && errno != EEXIST)
			die(STATUS_USAGE, "cannot make the directory %s: %s", part.text, strerror(errno));
		*p = c;
		if (!c)
			break;
	}
	if (stat(path, &status) || !S_ISDIR(status.st_mode))
		die(STATUS_USAGE, "%s is in the way: not a directory", path);
	sbuf_release(&part);
}

static int
remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

bool
directory_remove(const char *path)
{
	return !nftw(path, remove_entry, 32, FTW_DEPTH | FTW_PHYS) || errno == ENOENT;
}

void
output_close(void)
{
	int error = ferror(stdout);

	if (fflush(stdout) || error || (fclose(stdout) && errno != EBADF))
		die(STATUS_USAGE, "cannot write to standard output: %s", strerror(errno ? errno : EIO));
}
