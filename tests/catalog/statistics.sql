-- Extended statistics.
create schema elsewhere;

create table t (a int, b int, "C.c" text);

create statistics plain on a, b from t;

create statistics "Sta. ""t" (mcv, ndistinct) on a, b, "C.c" from t;

alter statistics "Sta. ""t" set statistics 55;

create statistics elsewhere.plain (dependencies) on b, a from t;

-- @min 14
create statistics expressions on (a + 1), (lower("C.c")), b from t;

-- @min 14
create statistics one_expression on (a * 2) from t;

comment on statistics plain is 'of statistics';
