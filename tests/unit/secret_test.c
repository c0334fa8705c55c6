/* What must not leave the database. */
#include "test.h"
#include "catalog/secret.h"

static void
secret(const char *option, bool expected)
{
	check_text(option_is_secret(option) ? "secret" : "open", expected ? "secret" : "open", option);
}

int
main(void)
{
	secret("password=x", true);
	secret("sslpassword=", true);
	secret("PASSFILE=/x", true);
	secret("Old \"Password\"=x", true);
	secret("app.jwt_secret=x", true);
	secret("app.jwt_secret_id=x", false);
	secret("api_key=x", true);
	secret("apiKey=x", true);
	secret("aws_access_key_id=x", false);
	secret("password_name=x", false);
	secret("key=x", false);
	secret("user=password", false);
	secret("url=http://me:pw@host/", true);
	secret("url=http://me@host:80/a:b@c", false);
	secret("url=http://host/?x=a:b@c", false);
	secret("urls=http://host http://me:pw@host", true);
	secret("work_mem=5MB", false);
	return test_end();
}
