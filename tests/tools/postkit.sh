# The targets as a command (mk/postkit.sh): what it asks of make, word by word.
. "$POSTKIT/tests/lib.sh"

mkdir bin
cat >bin/make <<'END'
#!/bin/sh
[ "$1 $2" = "--no-print-directory -f" ] || exit 9
shift 3
printf '%s|' "$@"
END
chmod +x bin/make
cp bin/make bin/gmake
ln -s "$POSTKIT/mk/postkit.sh" bin/postkit
asked() {
	PATH=$here/bin:$PATH "$here/bin/postkit" "$@"
}

equal "alone: what make alone says" "|" "$(asked)"
equal "a verb" "plan|" "$(asked plan)"
equal "db is left out" "apply|" "$(asked db apply)"
equal "import" "import|URL=postgres://u:p\$\$x@h/d|SCHEMA=a,b|NAME=start|FORCE=1|DRY_RUN=1|V=1|" \
	"$(asked db import --url 'postgres://u:p$$x@h/d' --schema=a,b --name start -f --dry-run -v)"
equal "a remote" "remote-add|NAME=dev|URL=postgres://h/d|DEFAULT=1|" "$(asked db remote add dev postgres://h/d --default)"
equal "all remotes" "remote-list|" "$(asked db remote)"
equal "a schema" "schema-add|NAME=audit|" "$(asked db schema add audit)"
equal "a commit" "commit|NAME=it's done|" "$(asked db commit -m "it's done")"
equal "a migration" "migration|NAME=add_phone|" "$(asked db migration add_phone)"
equal "a deploy" "deploy|REMOTE=prod|ALLOW=drop-column:public.a.b|" "$(asked deploy --remote prod --allow drop-column:public.a.b)"
equal "a seed" "seed|APPLY=1|TARGET=remote|" "$(asked db seed --apply --target remote)"
equal "settings as they are" "status|JSON=1|WHY=1|" "$(asked status --json WHY=1)"
fails_with "an option without its value" 2 "needs a value" asked import --url
fails_with "an option that is none" 2 "there is no option -q" asked import -q
fails_with "a word too many" 2 "what is c for" asked migration a b c
check "in a tree that was not installed" env -u MAKEFLAGS "$POSTKIT/mk/postkit.sh" remote list

new_project
fails_with "what make says and its status come through" 2 "NAME= is missing" env MAKEFLAGS= "$POSTKIT/mk/postkit.sh" remote use
