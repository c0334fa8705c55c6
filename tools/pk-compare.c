/* pk-compare: whether two snapshots say the same. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "plan/fingerprint.h"
#include "rule/version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool quiet, planned, versions, fingerprint;
static const char *own;

static const struct opt options[] = {
	{ OPT_FLAG, 'q', "quiet", NULL, "say nothing, only exit 0 or 1", &quiet },
	{ OPT_FLAG, 'p', "planned", NULL, "pass over what no plan would change: the order of columns, what is inherited as well, who owns what", &planned },
	{ OPT_FLAG, 0, "versions", NULL, "the second was built from the first on a server of another version: what that says otherwise is shown, but is no difference", &versions },
	{ OPT_STRING, 0, "own", "ROLE", "with --planned: what the first says another role than this one has is compared", &own },
	{ OPT_FLAG, 0, "fingerprint", NULL, "print the fingerprint of one snapshot, as plans and committed.json have it", &fingerprint },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-compare",
	.summary = "tells whether two snapshots say the same",
	.operands = "SNAPSHOT [SNAPSHOT]",
	.description =
		"Compares the facts of two snapshots: everything but what each fact needs, which only\n"
		"decides the order of creation. Exit status 0 when they are equal, 1 when they are not.\n\n"
		"Each difference is a line: `- ` and the fact that only the first has, `+ ` and the one\n"
		"that only the second has.\n\n"
		"With --fingerprint: a digest of one snapshot. Two states that no plan would tell apart have the\n"
		"same (the order of columns is no difference).",
	.options = options, .least = 1, .most = 2,
};

static void
say(char sign, const struct fact *fact)
{
	struct sbuf line = SBUF_INIT;

	if (!quiet) {
		fact_write(&line, fact);
		printf("%c %s\n", sign, line.text);
	}
	sbuf_release(&line);
}

static bool
is_same(struct snapshot *first, const struct fact *a, struct snapshot *second, const struct fact *b)
{
	struct told told_a = { .alone = NULL }, told_b = { .alone = NULL };

	if (fact_equal(a, b, false))
		return true;
	if (!planned)
		return false;
	fact_told(first, a, &told_a);
	fact_told(second, b, &told_b);
	return fact_equal(&told_a.fact, &told_b.fact, false);
}

/* Whether the first snapshot says who has something: not whoever loaded it. */
static bool
is_declared(struct snapshot *first, const char *id)
{
	const struct fact *fact = own ? snapshot_find(first, id) : NULL;

	return fact && strcmp(fact_text(fact, rule_of(id)->holder), own) != 0;
}

/* Owners, and what makes no difference as a whole. */
static void
leave_out_unplanned(struct snapshot *first, struct snapshot *second)
{
	struct snapshot *const both[] = { second, first };
	bool *kept = memory_resize(NULL, first->count + second->count + 1);
	struct told told;

	for (int side = 0, i = 0; side < 2; side++) {
		told.alone = NULL;
		for (size_t k = 0; k < both[side]->count; k++) {
			const struct fact *fact = both[side]->facts[k];

			kept[i++] = rule_of(fact->id)->holder ? is_declared(first, fact->id) : fact_told(both[side], fact, &told);
		}
	}
	for (int side = 0, i = 0; side < 2; side++) {
		size_t count = 0;

		for (size_t k = 0; k < both[side]->count; k++)
			if (kept[i++])
				both[side]->facts[count++] = both[side]->facts[k];
		both[side]->count = count;
		snapshot_forget_places(both[side]);
	}
	free(kept);
}

static bool
is_otherwise(const struct fact *a, const struct fact *b)
{
	if (!versions || version_otherwise(a, b) == OTHERWISE_NOT)
		return false;
	say('~', b ? b : a);
	return true;
}

static size_t
compare(struct snapshot *a, struct snapshot *b)
{
	size_t i = 0, k = 0, differences = 0;

	while (i < a->count || k < b->count) {
		int order = i == a->count ? 1 : k == b->count ? -1 :
		            id_compare(a->facts[i]->id, b->facts[k]->id);

		if (!order && is_same(a, a->facts[i], b, b->facts[k])) {
			i++;
			k++;
			continue;
		}
		if (is_otherwise(order <= 0 ? a->facts[i] : NULL, order >= 0 ? b->facts[k] : NULL)) {
			i += order <= 0;
			k += order >= 0;
			continue;
		}
		differences++;
		if (order <= 0)
			say('-', a->facts[i++]);
		if (order >= 0)
			say('+', b->facts[k++]);
	}
	return differences;
}

int
main(int argc, char **argv)
{
	size_t count, differences;
	char hex[SHA256_HEX];
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct snapshot a = SNAPSHOT_INIT, b = SNAPSHOT_INIT;

	if (count != (fingerprint ? 1 : 2))
		die(STATUS_USAGE, fingerprint ? "--fingerprint takes one snapshot" : "two snapshots are needed");
	snapshot_read(&a, operands[0], false);
	if (fingerprint) {
		snapshot_fingerprint(&a, hex);
		puts(hex);
		output_close();
		return STATUS_DONE;
	}
	snapshot_read(&b, operands[1], false);
	if (planned)
		leave_out_unplanned(&a, &b);
	differences = compare(&a, &b);
	output_close();
	return differences ? STATUS_NO : STATUS_DONE;
}
