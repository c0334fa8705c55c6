# What is taken away for a while comes back in the same transaction, whatever else the plan has to do.
. "$POSTKIT/tests/lib.sh"

cat >old.sql <<'END'
CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE item (id integer PRIMARY KEY, amount integer, state state, note text);
CREATE TABLE other (id integer, item_id integer);
CREATE INDEX other_item ON other (item_id);
CREATE VIEW total AS SELECT sum(amount) AS total FROM item;
CREATE VIEW doubled AS SELECT total * 2 AS doubled FROM total;
END
cat >new.sql <<'END'
CREATE TYPE state AS ENUM ('new', 'paid', 'done');
CREATE TABLE item (id integer PRIMARY KEY, amount bigint NOT NULL CHECK (amount > 0), state state, note text NOT NULL, extra text);
CREATE TABLE other (id integer, item_id integer NOT NULL REFERENCES item);
CREATE INDEX item_note ON item (note);
CREATE INDEX item_extra ON item (extra);
CREATE VIEW total AS SELECT sum(amount) AS total FROM item;
CREATE VIEW doubled AS SELECT total * 2 AS doubled FROM total;
CREATE VIEW paid AS SELECT * FROM item WHERE state = 'paid';
END
new_database old old.sql
old=$database_url
new_database new new.sql
pk-dump "$old" >old.facts
pk-dump "$database_url" >new.facts
pk-diff --allow all old.facts new.facts >plan
check "the plan holds" pk-prove plan new.facts "$old"
pk-render --format sql plan >plan.sql
# The transactions in which views are dropped and made.
equal "views that are made again are never missing" "doubled total total doubled" "$(awk '
	/^COMMIT|^BEGIN/ { transaction++ }
	/^DROP VIEW/ { dropped = transaction; print substr($3, 8, length($3) - 8) }
	/^CREATE VIEW public.(total|doubled)/ { print transaction == dropped ? substr($3, 8) : "later" }' plan.sql | xargs)"
