/* Deparsed SQL in the form in which it stays. */
#include "test.h"
#include "catalog/settle.h"

static void
settles(const char *sql, const char *expected)
{
	struct sbuf out = SBUF_INIT;

	settle(&out, sql);
	check_text(out.text, expected, sql);
	sbuf_release(&out);
}

static void
stays(const char *sql)
{
	settles(sql, sql);
}

int
main(void)
{
	settles("CHECK ((((a >= 1) AND (a <= 2)) AND (n > (0)::numeric)))",
	        "CHECK (((a >= 1) AND (a <= 2) AND (n > (0)::numeric)))");
	settles("((((a) AND (b)) AND (c)) AND (d))", "((a) AND (b) AND (c) AND (d))");
	settles("(((a) OR (b)) OR (((c) AND (d)) AND (e)))", "((a) OR (b) OR ((c) AND (d) AND (e)))");
	stays("((a > 0) AND ((n >= 1) AND (n <= 2)))");
	stays("(((a) AND (b)) OR (c))");
	stays("(((a) OR (b)) AND ((a) OR (c)))");
	stays("(f((a) AND (b)) AND (c))");
	stays("((NOT ((a) AND (b))) AND (c))");
	stays("sum(x) OVER (ORDER BY y ROWS BETWEEN (1) PRECEDING AND CURRENT ROW)");
	stays("((x = ') AND (') AND (y = E'\\') OR ((') AND (\"((z) AND (w)) AND \" > 1))");
	settles("(((c)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))",
	        "(((c)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))");
	settles("((ARRAY[f(a, b), 'x,]'::x])::public.\"T t\"[])",
	        "(ARRAY[(f(a, b))::public.\"T t\", ('x,]'::x)::public.\"T t\"])");
	settles("(ARRAY[a])::timestamp(3) without time zone[] AND x",
	        "ARRAY[(a)::timestamp(3) without time zone] AND x");
	settles("(ARRAY[(ARRAY[a, b])::text[], c])::character varying[]",
	        "(ARRAY[ARRAY[(a)::text, (b)::text], c])::character varying[]");
	stays("(ARRAY[a, b])::text");
	stays("((ARRAY[a, b])::text AND (x[]))");
	stays("(ARRAY[a, b] || c)::text[]");
	stays("(x.ARRAY[1])::text[]");
	settles("((((ARRAY[a])::text[] = b) AND (c)) AND (d))", "((ARRAY[(a)::text] = b) AND (c) AND (d))");
	settles("a x\n     LEFT JOIN b y ON TRUE", "a x\n     LEFT JOIN b y ON (true)");
	settles("EXTRACT(YEAR FROM now())", "EXTRACT(year FROM now())");
	stays("EXTRACT(year FROM (YEAR FROM))");
	stays("a JOIN b ON TRUEISH");
	stays("(x = ' ON TRUE') AND (\"y ON TRUE\")");
	stays("");
	stays("((a) AND (b");
	stays("))) AND ) AND (");
	return test_end();
}
