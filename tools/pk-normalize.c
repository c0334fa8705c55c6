/* pk-normalize: facts as a tree of files for people. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "graph/idiom_order.h"
#include "graph/order.h"
#include "tree/files.h"
#include "tree/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *manifest = NULL, *backup = NULL, *default_schema = "public", *extra;
static bool force, dry_run, at_length;

static const struct opt options[] = {
	{ OPT_STRING, 'm', "manifest", "FILE", "what was written last time (default: DIRECTORY/.files.jsonl)", &manifest },
	{ OPT_STRING, 'b', "backup", "DIRECTORY", "where files go that were changed by hand (default: DIRECTORY/.backup)", &backup },
	{ OPT_STRING, 's', "default-schema", "SCHEMA", "the schema that is not named in file names (public)", &default_schema },
	{ OPT_STRING, 'x', "extra", "DIRECTORY", "files to add to the tree as they are", &extra },
	{ OPT_FLAG, 'f', "force", NULL, "replace files that were changed by hand, after a backup", &force },
	{ OPT_FLAG, 0, "at-length", NULL, "say everything at length, as pk-render does", &at_length },
	{ OPT_FLAG, 'n', "dry-run", NULL, "only say what would be done", &dry_run },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-normalize",
	.summary = "writes facts into a schema directory",
	.operands = "DIRECTORY [FACTS]",
	.description =
		"Reads a snapshot (from pk-dump) and brings the directory to it: one file for each table,\n"
		"view, function name and so on, with everything that belongs to it; owners and privileges\n"
		"in grants/SCHEMA.sql.\n\n"
		"Things are said in the shortest way that gives the same (serial, PARTITION OF), unless the\n"
		"files that are there say them at length.\n\n"
		"An object that has a file keeps it, wherever it was moved. Files that PostKit wrote and\n"
		"nobody changed are replaced; files that were changed by hand are left alone where they still\n"
		"say the same, else it asks on a terminal, or refuses (exit 1) and writes nothing, unless --force is given.\n\n"
		"Writes one line a file to standard output: new, changed, gone, conflict, and its path.",
	.options = options, .least = 1, .most = 2,
};

enum { FEW = 20 }; /* one of so many files */

/* The tree in one of two forms: as people declare things (rule/idiom.h), or each fact by itself. */
struct form {
	struct snapshot facts;
	struct layout layout;
	struct tree tree;
};

static void
add_extra(struct layout *layout)
{
	struct tree_files files;

	tree_files_read(&files, extra);
	for (size_t i = 0; i < files.count; i++)
		layout_add_file(layout, files.files[i].path, files.files[i].text, files.files[i].length);
	tree_files_release(&files);
}

static void
form_make(struct form *form, struct snapshot *facts, const char *directory, bool idioms)
{
	size_t count;
	struct fact **ordered;

	*form = (struct form){ .facts = SNAPSHOT_INIT, .layout = LAYOUT_INIT };
	if (extra)
		add_extra(&form->layout);
	ordered = idioms ? order_idioms(&form->facts, facts, &count) : order_facts(facts, &count);
	layout_add_facts(&form->layout, idioms ? &form->facts : facts, ordered, count, default_schema);
	tree_compare(&form->tree, directory, manifest, &form->layout);
	free(ordered);
}

static void
form_release(struct form *form)
{
	tree_release(&form->tree);
	layout_release(&form->layout);
	snapshot_release(&form->facts);
}

/*
 * A tree stays in the form in which it is: that in which less has to be written. Where little has to be and nothing
 * is in the way, nobody wonders.
 */
static void
choose_form(struct form *form, struct snapshot *facts, const char *directory)
{
	struct form plain;

	form_make(form, facts, directory, !at_length);
	if (at_length)
		return;
	if (!tree_count(&form->tree, FILE_CONFLICT) && tree_work(&form->tree) * FEW <= form->tree.files)
		return;
	if (!form->tree.files)
		return;
	form_make(&plain, facts, directory, false);
	if (tree_work(&plain.tree) < tree_work(&form->tree)) {
		form_release(form);
		*form = plain;
	} else {
		form_release(&plain);
	}
}

static void
say(const struct tree *tree)
{
	static const char *const words[] = {
		[FILE_NEW] = "new", [FILE_CHANGED] = "changed", [FILE_GONE] = "gone", [FILE_CONFLICT] = "conflict",
	};

	for (size_t i = 0; i < tree->count; i++)
		if (tree->changes[i]->type != FILE_SAME && tree->changes[i]->type != FILE_KEPT)
			printf("%s %s\n", words[tree->changes[i]->type], tree->changes[i]->path);
}

static void
refuse(const struct tree *tree)
{
	struct sbuf detail = SBUF_INIT;
	size_t conflicts = tree_count(tree, FILE_CONFLICT);

	for (size_t i = 0; i < tree->count; i++)
		if (tree->changes[i]->type == FILE_CONFLICT)
			sbuf_addf(&detail, "%s%s", detail.length ? ", " : "", tree->changes[i]->path);
	report(&(struct report){
		.text = conflicts == 1 ? "1 file was written or changed by hand; nothing has been written"
		                       : "files were written or changed by hand; nothing has been written",
		.detail = detail.text,
		.hint = "FORCE=1 (--force) replaces them, after a backup",
	});
	sbuf_release(&detail);
}

/* Asks whoever sits there; nobody there means no. */
static bool
confirmed(const struct tree *tree)
{
	char answer[16] = "";

	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return false;
	for (size_t i = 0; i < tree->count; i++)
		if (tree->changes[i]->type == FILE_CONFLICT)
			fprintf(stderr, "  %s\n", tree->changes[i]->path);
	fprintf(stderr, "%zu files that were written or changed by hand would be replaced, after a backup. Go on? [y/N] ",
	        tree_count(tree, FILE_CONFLICT));
	return fgets(answer, sizeof answer, stdin) && (*answer == 'y' || *answer == 'Y');
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct snapshot facts = SNAPSHOT_INIT;
	struct arena arena = ARENA_INIT;
	struct form form;

	if (!manifest)
		manifest = arena_printf(&arena, "%s/.files.jsonl", operands[0]);
	if (!backup)
		backup = arena_printf(&arena, "%s/.backup", operands[0]);
	snapshot_read(&facts, count > 1 ? operands[1] : "-", false);
	choose_form(&form, &facts, operands[0]);
	if (tree_count(&form.tree, FILE_CONFLICT) && !force && !confirmed(&form.tree)) {
		refuse(&form.tree);
		return STATUS_NO;
	}
	if (!dry_run)
		tree_write(&form.tree, manifest, backup);
	say(&form.tree);
	output_close();
	return STATUS_DONE;
}
