#define _DEFAULT_SOURCE /* setgroups */
#include "server/account.h"
#include "base/die.h"
#include "base/io.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

struct account
account_for(const char *directory)
{
	static const char *const names[] = { "postgres", "nobody" };
	struct account account = { geteuid(), getegid() };
	const char *const owned[] = { directory, "." };
	struct stat status;
	struct passwd *entry;

	if (account.uid)
		return account;
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
		/* initdb and the server look their own name up: an owner that has
		 * none cannot be the account. */
		if (!stat(owned[i], &status) && status.st_uid && (entry = getpwuid(status.st_uid))) {
			account.uid = status.st_uid;
			account.gid = entry->pw_gid;
			return account;
		}
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		entry = getpwnam(names[i]);
		if (entry && entry->pw_uid) {
			account.uid = entry->pw_uid;
			account.gid = entry->pw_gid;
			return account;
		}
	}
	die_hint(STATUS_USAGE, "run it as an ordinary user",
	         "PostgreSQL does not run as root, and there is no account postgres or nobody");
}

/* Whether it is not who we are: then we are root, and can become it. */
static bool
is_other(const struct account *account)
{
	return geteuid() != account->uid;
}

void
account_become(const struct account *account)
{
	if (!is_other(account))
		return;
	if (setgroups(0, NULL) || setgid(account->gid) || setuid(account->uid) || !setuid(0))
		die(STATUS_USAGE, "cannot become user %ld: %s", (long)account->uid, strerror(errno));
}

/* Whether the account can work in the directory; 0 or errno. By its whole path: where we are now, the account
 * need not be let in (/root). */
static int
try_directory(const struct account *account, const char *directory)
{
	char *whole;
	pid_t child;
	int status;

	if (!is_other(account))
		return access(directory, R_OK | W_OK | X_OK) ? errno : 0;
	if (!(whole = realpath(directory, NULL)))
		return errno;
	child = fork();
	if (child < 0)
		die(STATUS_USAGE, "cannot start a process: %s", strerror(errno));
	if (!child) {
		account_become(account);
		_exit(access(whole, R_OK | W_OK | X_OK) ? errno : 0);
	}
	free(whole);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EACCES;
}

static bool
is_empty(const char *directory)
{
	DIR *entries = opendir(directory);
	struct dirent *entry;
	bool empty = true;

	while (entries && empty && (entry = readdir(entries)))
		empty = !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..");
	if (entries)
		closedir(entries);
	return entries && empty;
}

bool
account_directory(const struct account *account, const char *directory)
{
	struct sbuf above = SBUF_INIT;
	struct stat status;
	char *slash;

	sbuf_adds(&above, directory);
	slash = strrchr(above.text, '/');
	if (slash && slash != above.text) {
		*slash = '\0';
		directory_make(above.text);
	}
	sbuf_release(&above);
	if ((mkdir(directory, 0700) && errno != EEXIST) || stat(directory, &status))
		return false;
	if (!S_ISDIR(status.st_mode)) {
		errno = ENOTDIR;
		return false;
	}
	/* Also one that another process has only just made. */
	if ((status.st_uid != account->uid || status.st_mode & 077) && is_empty(directory)) {
		if (chmod(directory, 0700) ||
		    (is_other(account) && lchown(directory, account->uid, account->gid)))
			return false;
	} else if (status.st_mode & 077) {
		die(STATUS_USAGE, "%s cannot hold a server: it is not empty, and others can enter it",
		    directory);
	}
	errno = try_directory(account, directory);
	return !errno;
}

/* Much: containers have a few megabytes there, and what a server writes is not known before. */
static bool
has_room(const char *directory)
{
	const unsigned long long wanted = 4ull << 30;
	struct statvfs status;

	return !statvfs(directory, &status) && (unsigned long long)status.f_bavail * status.f_frsize >= wanted;
}

void
account_temporary_directory(const struct account *account, enum life life, size_t longest,
                            struct sbuf *path)
{
	const char *memory = "/dev/shm", *chosen = getenv("TMPDIR");
	const char *first = life == LIFE_LASTING ? "/var/tmp" :
	                    life == LIFE_SCRATCH && !chosen && has_room(memory) ? memory : NULL;
	const char *bases[] = { first, chosen, "/tmp", "/var/tmp" };
	int error = ENAMETOOLONG;

	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
		if (!bases[i] || bases[i][0] != '/')
			continue;
		sbuf_reset(path);
		sbuf_addf(path, "%s/postkit-XXXXXX", bases[i]);
		if (longest && path->length > longest)
			continue;
		if (!mkdtemp(path->text)) {
			error = errno;
			continue;
		}
		if (is_other(account) && lchown(path->text, account->uid, account->gid))
			error = errno;
		else if (!(error = try_directory(account, path->text)))
			return;
		rmdir(path->text);
	}
	die_hint(STATUS_USAGE, "set TMPDIR to a directory that user can enter and write",
	         "no place for the server's files that user %ld can use: %s", (long)account->uid,
	         strerror(error));
}
