#include "session/lock.h"

#include "base/die.h"
#include "base/io.h"
#include "base/sbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/types.h>
#include <unistd.h>

/* When the process began, as the system counts it; 0 where it does not tell. */
static unsigned long long
process_began(long process)
{
	enum { FIELDS_BEFORE = 20 }; /* between the name's closing parenthesis and starttime; see proc(5) */
	struct sbuf path = SBUF_INIT, text = SBUF_INIT;
	const char *p = NULL;
	unsigned long long began = 0;

	sbuf_addf(&path, "/proc/%ld/stat", process);
	/* The name may hold blanks and parentheses. */
	if (file_read(path.text, &text))
		p = strrchr(text.text, ')');
	for (int i = 0; p && i < FIELDS_BEFORE; i++)
		p = strchr(p + 1, ' ');
	if (p)
		began = strtoull(p, NULL, 10);
	sbuf_release(&path);
	sbuf_release(&text);
	return began;
}

static bool
is_alive(long process, unsigned long long began)
{
	if (process <= 0 || (kill((pid_t)process, 0) && errno != EPERM))
		return false;
	return !began || process_began(process) == began;
}

void
work_lock_take(const char *path, long process)
{
	struct sbuf text = SBUF_INIT;
	char *rest;
	long holder;
	int file = open(path, O_RDWR | O_CREAT, 0666);

	/* Whoever looks and writes does so alone. Not a lock of fcntl(2): reading the file below would end that. */
	while (file >= 0 && flock(file, LOCK_EX) && errno == EINTR)
		;
	if (file < 0 || !file_read(path, &text))
		die(STATUS_USAGE, "cannot open %s: %s", path, strerror(errno));
	holder = strtol(text.text, &rest, 10);
	if (holder != process && is_alive(holder, strtoull(rest, NULL, 10)))
		die_hint(STATUS_NO, "wait for it, or end it", "process %ld is at work on this project", holder);
	sbuf_reset(&text);
	sbuf_addf(&text, "%ld %llu\n", process, process_began(process));
	if (ftruncate(file, 0) || lseek(file, 0, SEEK_SET) || !descriptor_write(file, text.text, text.length))
		die(STATUS_USAGE, "cannot write %s: %s", path, strerror(errno));
	close(file);
	sbuf_release(&text);
}
