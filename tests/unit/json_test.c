/* JSON files: where the messages point, types, unknown keys, what is written. */
#include "test.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

static const char *const known[] = { "name", "schemaPath", "list", NULL };

static void
parse(void *text)
{
	struct json_file file;

	json_parse(&file, "f.json", text, strlen(text));
	json_known_keys(&file, file.root, known);
	json_string_or(&file, file.root, "name", NULL);
	json_array_or_null(&file, file.root, "list");
	json_release(&file);
}

static void
wrong(const char *text, const char *message)
{
	check_dies(parse, (void *)text, 2, message, message);
}

static void
test_wrong(void)
{
	wrong("{", "f.json:1:2: error: malformed JSON: the text ends too early");
	wrong("", "f.json:1:1: error: malformed JSON: the text ends too early");
	wrong("{\n  \"name\": \"a\",\n}", "f.json:3:1: error: malformed JSON: a key in double quotes is needed");
	wrong("{\n  \"name\": \"a\"\n\"list\": []}", "f.json:3:1: error: malformed JSON: a , or } is needed");
	wrong("{\"list\": [1 2]}", "f.json:1:13: error: malformed JSON: a , or ] is needed");
	wrong("{\"list\": [1,]}", "f.json:1:13: error: malformed JSON: a value is needed");
	wrong("{\"list\" [1]}", "f.json:1:9: error: malformed JSON: a : is needed");
	wrong("{name: 1}", "f.json:1:2: error: malformed JSON: a key in double quotes is needed");
	wrong("{\"name\": nul}", "f.json:1:10: error: malformed JSON: a value is needed");
	wrong("{\"name\": \"a\n}", "f.json:1:10: error: malformed JSON: the string has no end on its line");
	wrong("{\"name\": \"\\x\"}", "f.json:1:10: error: malformed JSON: the string has no end on its line, or a wrong escape");
	wrong("{\"name\": \"\\ud800\"}", "error: malformed JSON");
	wrong("{} x", "f.json:1:4: error: malformed JSON: nothing may follow");
	wrong("{\n<<<<<<< HEAD\n\"name\": \"a\"\n", "f.json:2:1: error: merge conflict markers");
	wrong("[1]", "f.json:1:1: error: an object is needed");
	wrong("{\"name\": \"a\",\n \"name\": \"b\"}", "f.json:2:2: error: name: the key stands here twice");
	wrong("{\"list\": [{\"a\": 1, \"a\": 2}]}", "list[0].a: the key stands here twice");
	wrong("{\"name\": \"\\u0000\"}", "a string cannot hold the zero character");
	wrong("{\"list\": [1, {\"name\": 1}],\n\"name\": 7}", "f.json:2:1: error: name: a string is needed, not a number");
	wrong("{\"\xC3\xA4\": \"\xC3\xB6\", \"name\": true}", "f.json:1:2: error: \xC3\xA4: unknown key");
	wrong("{\"schemapath\": 1}", "did you mean \"schemaPath\"?");
	wrong("{\"quite another\": 1}", "known here: name, schemaPath, list");
	wrong("{\"name\": \"x\", \"list\": {}}", "f.json:1:15: error: list: an array is needed, not an object");
}

static void
test_values(void)
{
	static const char text[] = "{\"a\": \"9223372036854775807\", \"b\": -12, \"c\": null, \"d\": true, \"A\": \"other\"}";
	struct json_file file;

	json_parse(&file, "f.json", text, strlen(text));
	check(json_integer(&file, file.root, "a") == INT64_MAX, "64 bits as a string");
	check_number(json_integer(&file, file.root, "b"), -12, "a number");
	check_text(json_string_or(&file, file.root, "c", "fallback"), "fallback", "null is absent");
	check(json_bool_or(&file, file.root, "d", false), "true");
	check_text(json_string(&file, file.root, "A"), "other", "keys are case-sensitive");
	json_release(&file);
}

static void
rewrites(const char *text, const char *expected)
{
	struct json_file file;
	struct sbuf out = SBUF_INIT;

	json_parse(&file, "f.json", text, strlen(text));
	json_write(&out, file.root);
	check_text(out.text, expected, text);
	sbuf_release(&out);
	json_release(&file);
}

static void
test_write(void)
{
	rewrites("{}", "{}\n");
	rewrites("{\"z\":1,\"a\":[ ],\"m\":[1,\"x\"],\"o\":{\"k\":null}}",
	         "{\n  \"z\": 1,\n  \"a\": [],\n  \"m\": [1, \"x\"],\n  \"o\": {\n    \"k\": null\n  }\n}\n");
	rewrites("{\"a\":[{\"b\":0.5}]}", "{\n  \"a\": [\n    {\n      \"b\": 0.5\n    }\n  ]\n}\n");
	rewrites("{\"s\":\"\\u00e4 \\\" \\\\ \\n \\u0001 \\/\"}", "{\n  \"s\": \"\xC3\xA4 \\\" \\\\ \\n \\u0001 /\"\n}\n");
}

int
main(void)
{
	test_wrong();
	test_values();
	test_write();
	return test_end();
}
