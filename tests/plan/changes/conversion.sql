-- @min 14
-- Each attribute of a conversion by itself.
create function converts(integer, integer, cstring, internal, integer, boolean) returns integer language c strict as '$libdir/utf8_and_iso8859_1', 'iso8859_1_to_utf8';
-- @old
create conversion of_source for 'LATIN3' to 'UTF8' from iso8859_to_utf8;
create conversion of_destination for 'UTF8' to 'LATIN3' from utf8_to_iso8859;
create conversion of_function for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create default conversion of_default for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
-- @new
create conversion of_source for 'LATIN2' to 'UTF8' from iso8859_to_utf8;
create conversion of_destination for 'UTF8' to 'LATIN2' from utf8_to_iso8859;
create conversion of_function for 'LATIN1' to 'UTF8' from converts;
create conversion of_default for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
