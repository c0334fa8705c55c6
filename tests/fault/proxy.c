/*
 * proxy: stands between a client and a PostgreSQL server, and lets something happen at the n-th message.
 *
 *     proxy DIRECTORY SERVER ACTION MOMENT N
 *
 * listens on DIRECTORY/.s.PGSQL.5432 and passes everything on to the socket SERVER. Messages of clients are counted
 * over all connections, those that begin a connection not. At the N-th,
 *
 *     MOMENT  before     it is not passed on
 *             sent       it is passed on, what the server does about it is not waited for
 *             answered   the server has done what it asks for, and the client is not told
 *     ACTION  cut        the connection is closed to both sides
 *             kill       the client is killed (SIGKILL), then the same
 *             interrupt  the client gets SIGINT, and nothing is cut
 *
 * happens, once; then one line that names the message is written to standard output. Everything else is
 * passed on until the proxy is ended by a signal.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { CONNECTIONS = 32, SSL_REQUEST = 80877103, GSS_REQUEST = 80877104 };

/* What came and is not a whole message yet is kept. */
struct connection {
	int client, server; /* -1: closed */
	bool started;
	char *bytes;
	size_t length;
	char *answer;
	size_t answered;
	bool holding; /* the answer is kept, until it is whole */
};

static struct connection connections[CONNECTIONS];
static const char *action, *moment;
static long countdown;
static char what[120];

static void
fail(const char *doing)
{
	fprintf(stderr, "proxy: %s: %s\n", doing, strerror(errno));
	exit(1);
}

static int
make_socket(const char *path, struct sockaddr_un *address)
{
	int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (made < 0 || strlen(path) >= sizeof address->sun_path)
		fail(path);
	strcpy(address->sun_path, path);
	return made;
}

static void
close_connection(struct connection *c)
{
	close(c->client);
	close(c->server);
	free(c->bytes);
	free(c->answer);
	*c = (struct connection){ .client = -1, .server = -1 };
}

static void
send_all(int to, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(to, bytes, length);

		if (n < 0 && errno != EINTR)
			return; /* the other side is gone: its reader will see it */
		if (n > 0) {
			bytes += n;
			length -= (size_t)n;
		}
	}
}

static uint32_t
number_at(const char *bytes)
{
	uint32_t number;

	memcpy(&number, bytes, 4);
	return ntohl(number);
}

/* ------------------------------------------------------------- what happens */

static void
act(struct connection *c)
{
	struct ucred peer;
	socklen_t size = sizeof peer;

	/* Said first: once the client is dead the proxy may be ended too. */
	puts(what);
	fflush(stdout);
	if (strcmp(action, "cut") != 0) {
		if (getsockopt(c->client, SOL_SOCKET, SO_PEERCRED, &peer, &size))
			fail("SO_PEERCRED");
		kill(peer.pid, !strcmp(action, "kill") ? SIGKILL : SIGINT);
	}
	if (!strcmp(action, "interrupt")) {
		send_all(c->client, c->answer, c->answered);
		c->answered = 0;
		c->holding = false;
	} else {
		close_connection(c);
	}
}

static void
name_message(const char *message, size_t length)
{
	size_t n = 0;

	for (size_t i = 5; i < length && message[i] && n < sizeof what - 3; i++)
		what[n++] = message[i] == '\n' || message[i] == '\t' ? ' ' : message[i];
	what[n] = '\0';
}

/* Passes one whole message on, or not. False: the connection is closed. */
static bool
client_message(struct connection *c, const char *message, size_t length)
{
	bool is_it = c->started && --countdown == 0;

	if (is_it)
		name_message(message, length);
	if (is_it && !strcmp(moment, "before")) {
		act(c);
		if (c->client < 0)
			return false;
		is_it = false;
	}
	send_all(c->server, message, length);
	if (is_it && !strcmp(moment, "answered"))
		c->holding = true;
	else if (is_it)
		act(c);
	return c->client >= 0;
}

static void
client_bytes(struct connection *c)
{
	size_t at = 0;

	for (;;) {
		const char *message = c->bytes + at;
		size_t left = c->length - at, length;

		if (left < (c->started ? 5u : 8u))
			break;
		length = c->started ? number_at(message + 1) + 1u : number_at(message);
		if (left < length)
			break;
		if (!client_message(c, message, length))
			return;
		if (!c->started) {
			uint32_t code = number_at(message + 4);

			c->started = code != SSL_REQUEST && code != GSS_REQUEST;
		}
		at += length;
	}
	memmove(c->bytes, c->bytes + at, c->length - at);
	c->length -= at;
}

/* Whether the messages of the server's answer end with ReadyForQuery. */
static bool
is_whole(const struct connection *c)
{
	char last = 0;
	size_t at = 0;

	while (c->answered - at >= 5) {
		size_t length = number_at(c->answer + at + 1) + 1u;

		if (c->answered - at < length)
			return false;
		last = c->answer[at];
		at += length;
	}
	return at == c->answered && last == 'Z';
}

/* ------------------------------------------------------------------ passing */

/* Reads what there is. False: the end. */
static bool
read_more(int from, char **bytes, size_t *length)
{
	char block[65536];
	ssize_t n = read(from, block, sizeof block);

	if (n <= 0)
		return n < 0 && errno == EINTR;
	*bytes = realloc(*bytes, *length + (size_t)n);
	if (!*bytes)
		fail("realloc");
	memcpy(*bytes + *length, block, (size_t)n);
	*length += (size_t)n;
	return true;
}

static void
pass_on(struct connection *c, bool from_client)
{
	bool open = from_client ? read_more(c->client, &c->bytes, &c->length)
	                        : read_more(c->server, &c->answer, &c->answered);

	if (!open && c->holding) {
		act(c);
	} else if (!open) {
		close_connection(c);
	} else if (from_client) {
		client_bytes(c);
	} else if (!c->holding) {
		send_all(c->client, c->answer, c->answered);
		c->answered = 0;
	} else if (is_whole(c)) {
		act(c);
	}
}

static void
accept_client(int listener, const char *server)
{
	struct sockaddr_un address;
	int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC), to = make_socket(server, &address);
	struct connection *c = connections;

	while (c < connections + CONNECTIONS && c->client >= 0)
		c++;
	if (c == connections + CONNECTIONS || connect(to, (struct sockaddr *)&address, sizeof address)) {
		close(client);
		close(to);
		return;
	}
	*c = (struct connection){ .client = client, .server = to };
}

int
main(int argc, char **argv)
{
	struct sockaddr_un address;
	char path[200], made[200];
	int listener;

	if (argc != 6) {
		fputs("usage: proxy DIRECTORY SERVER cut|kill|interrupt before|sent|answered N\n", stderr);
		return 2;
	}
	action = argv[3];
	moment = argv[4];
	countdown = atol(argv[5]);
	signal(SIGPIPE, SIG_IGN);
	snprintf(path, sizeof path, "%s/.s.PGSQL.5432", argv[1]);
	snprintf(made, sizeof made, "%s/.new", argv[1]);
	/* Whoever sees the socket can connect to it. */
	listener = make_socket(made, &address);
	unlink(made);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 8) ||
	    rename(made, path))
		fail(path);
	for (size_t i = 0; i < CONNECTIONS; i++)
		connections[i].client = connections[i].server = -1;
	for (;;) {
		struct pollfd files[1 + 2 * CONNECTIONS] = { { .fd = listener, .events = POLLIN } };

		for (size_t i = 0; i < CONNECTIONS; i++) {
			files[1 + 2 * i] = (struct pollfd){ .fd = connections[i].client, .events = POLLIN };
			files[2 + 2 * i] = (struct pollfd){ .fd = connections[i].server, .events = POLLIN };
		}
		if (poll(files, 1 + 2 * CONNECTIONS, -1) < 0)
			continue;
		for (size_t i = 0; i < CONNECTIONS; i++) {
			struct connection *c = &connections[i];

			if (files[2 + 2 * i].revents && c->server >= 0 && c->server == files[2 + 2 * i].fd)
				pass_on(c, false);
			if (files[1 + 2 * i].revents && c->client >= 0 && c->client == files[1 + 2 * i].fd)
				pass_on(c, true);
		}
		if (files[0].revents)
			accept_client(listener, argv[2]);
	}
}
