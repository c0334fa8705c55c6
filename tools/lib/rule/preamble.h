/*
 * preamble.h - the settings under which rendered SQL means what it says
 */
#ifndef PK_PREAMBLE_H
#define PK_PREAMBLE_H

/*
 * SET statements, each ended by ";\n": empty search_path, function bodies
 * unchecked (they may name what comes later), standard strings, no time-outs,
 * nothing put elsewhere than it is said.
 * The same that pg_dump writes.
 */
extern const char render_preamble[];

/* The same for one transaction, time-outs left as they are: who runs migrations sets them. */
extern const char render_preamble_local[];

#endif
