#!/bin/sh
# tree-sums.sh TOOLS TREE [FILE] - a line SHA-256 and name for each file of TREE (tree-files.sh), for what these include, and
# for FILE, where it is there. In TREE a name begins with ./, elsewhere it is as pk-load has it.
set -eu
tools=$1
shift
if [ ! -d "$1" ] && [ $# = 1 ]; then
	echo "error: there is no directory $1/" >&2
	echo "  hint: make import writes it from an existing database, make init an empty one" >&2
	exit 1
fi
if command -v sha256sum >/dev/null 2>&1; then
	sum=sha256sum
else
	sum='shasum -a 256'
fi
[ -z "${2-}" ] || [ ! -e "$2" ] || $sum "$2"
[ -d "$1" ] || exit 0
files() {
	sh "${0%/*}/tree-files.sh" "$tree" | (cd "$tree" && xargs -0 "$@")
}
tree=$1
files $sum
# What is included can lie anywhere, and be called anything.
[ -n "$(files grep -lF '\i' /dev/null)" ] || exit 0
"$tools/pk-load" --list "$tree" 2>/dev/null | while IFS= read -r file; do
	case $file in
	"$tree"/.* | "$tree"/*/.* | "$tree"/seeds/*) $sum "$file" ;;
	"$tree"/*.sql) ;;
	*) $sum "$file" ;;
	esac
done
