#include "rule/preamble.h"

const char render_preamble[] =
	"SET statement_timeout = 0;\n"
	"SET lock_timeout = 0;\n"
	"SET idle_in_transaction_session_timeout = 0;\n"
	"SET client_encoding = 'UTF8';\n"
	"SET standard_conforming_strings = on;\n"
	"SET search_path = '';\n"
	"SET check_function_bodies = false;\n"
	"SET xmloption = content;\n"
	"SET default_tablespace = '';\n"
	"SET default_table_access_method = heap;\n"
	"SET client_min_messages = warning;\n"
	"SET row_security = off;\n";

const char render_preamble_local[] =
	"SET LOCAL client_encoding = 'UTF8';\n"
	"SET LOCAL standard_conforming_strings = on;\n"
	"SET LOCAL search_path = '';\n"
	"SET LOCAL check_function_bodies = false;\n"
	"SET LOCAL xmloption = content;\n"
	"SET LOCAL default_tablespace = '';\n"
	"SET LOCAL default_table_access_method = heap;\n"
	"SET LOCAL client_min_messages = warning;\n"
	"SET LOCAL row_security = off;\n";
