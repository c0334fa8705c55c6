# make install, and trees that are used but not written: installed ones, and this one when it is built.
. "$POSTKIT/tests/lib.sh"

root="$here/root of all"
check "install" postkit -s install DESTDIR="$root" PREFIX=/usr
equal "every program is there" "$(cd "$POSTKIT/tools" && ls pk-*.c | sed 's/\.c$//')
postkit" "$(ls "$root/usr/bin")"
check "the links lead to them" "$root/usr/bin/pk-server" --version
equal "every program has its man page" "$(ls "$root/usr/bin" | sed '/^postkit$/d; s/$/.1/')" "$(ls "$root/usr/share/man/man1")"
equal "the man pages are good roff" "" "$(for page in "$root"/usr/share/man/man1/*; do groff -man -ww -Tutf8 -z "$page" 2>&1; done)"

# An installed tree at a place without blanks, which is always a release, whatever is being tested.
mkdir opt
mv "$root/usr" opt/postkit
tree=$here/opt/postkit/lib/postkit
# What was found on the machine may be remembered in .postkit.
listing() {
	(cd "$tree" && find . -type f -not -path './.postkit/*' -exec ls -l {} + | sort)
}
listing >before
new_project
installed() {
	MAKEFLAGS= MAKELEVEL= CONFIG=release make --no-print-directory -f "$tree/Makefile" "$@"
}
matches "installed: help" 'make server-start' "$(installed)"
url=$(installed server-start)
equal "installed: a server, and in it the local database" postkit "$(psql "$url" -Atc 'select current_database()')"
equal "installed: its URL is that of the local database" "$url" "$(installed server-url)"
equal "installed: started again, it is the same" "$url" "$(installed server-start)"
check "installed: it stops" installed server-stop
equal "installed: postkit is the targets as a command" "" "$(CONFIG=release "$here/opt/postkit/bin/postkit" remote list)"
equal "installed: nothing was built or changed" "$(cat "$here/before")" "$(listing)"
cat >Makefile <<END
include $tree/Makefile
\$(call stage,.postkit/db/mine,,\$(TOOLS)/pk-server --version)
END
check "installed: included from a project's own Makefile" env MAKEFLAGS= CONFIG=release make -s .postkit/db/mine

# This tree: nothing to do, nothing written.
touch "$here/now"
equal "a built tree: nothing is printed" "" "$(postkit -s tools server-stop)"
equal "a built tree: nothing is written" "" "$(find "$POSTKIT" -newer "$here/now" -not -path '*/.git/*' 2>/dev/null)"

cd "$here" || exit
check "uninstall" postkit -s uninstall DESTDIR="$here/opt" PREFIX=/postkit
equal "uninstall leaves nothing" "" "$(find opt -type f -o -type l)"
