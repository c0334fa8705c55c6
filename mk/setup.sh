#!/bin/sh
# setup.sh KIND STAMP [COMPILER] - makes sure of what KIND of work needs, and writes the files by which
# it was found to STAMP, one a line.
#
#   build   a C compiler, pkg-config, libpq, cJSON
#   server  PostgreSQL's server and client programs
#   test    the server's contrib extensions, jq, groff
#   fuzz    clang with its libFuzzer
#
# On Debian and its kin what is missing is installed with apt-get (through sudo when not root), and
# Debian is kept from making a cluster of its own that listens on a TCP port. Elsewhere the packages
# are named, status 2.
set -u
kind=$1 stamp=$2 compiler=${3:-cc}
missing=
found=

# have THING FILE… - notes the first FILE that is there, or that THING is missing.
have() {
	thing=$1
	shift
	for file; do
		[ -e "$file" ] || continue
		found="$found$file
"
		return
	done
	missing="$missing $thing"
}

program() {
	have "$1" "$(command -v "${2:-$1}" 2>/dev/null)"
}

header() { # PACKAGE FILE
	directory=$(pkg-config --variable=includedir "$1" 2>/dev/null) || directory=
	have "$1" ${directory:+"$directory/$2" "$directory/postgresql/$2"} "/usr/include/$2" "/usr/include/postgresql/$2"
	pkg-config --exists "$1" 2>/dev/null || missing="$missing $1"
}

look() {
	missing= found=
	case $kind in
	build)
		program compiler "${compiler%% *}"
		program pkg-config
		header libpq libpq-fe.h
		header libcjson cjson/cJSON.h
		;;
	server)
		have server ${PG_BINDIR:+"$PG_BINDIR/postgres"} \
			/usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres \
			/usr/lib*/postgresql*/bin/postgres /usr/libexec/postgresql*/postgres \
			/opt/homebrew/opt/postgresql*/bin/postgres /usr/local/opt/postgresql*/bin/postgres \
			/usr/local/pgsql/bin/postgres "$(command -v postgres 2>/dev/null)"
		program client psql
		program client pg_dump
		;;
	test)
		have contrib ${PG_BINDIR:+"$PG_BINDIR/postgres"} /usr/share/postgresql/*/extension/citext.control \
			/usr/pgsql-*/share/extension/citext.control \
			"$(pg_config --sharedir 2>/dev/null)/extension/citext.control"
		program jq
		program groff
		;;
	fuzz)
		program clang
		have fuzzer $(clang -print-file-name=libclang_rt.fuzzer-x86_64.a 2>/dev/null) \
			$(clang -print-file-name=libclang_rt.fuzzer.a 2>/dev/null) \
			$(clang -print-file-name=libclang_rt.fuzzer-aarch64.a 2>/dev/null) \
			$(clang -print-file-name=libclang_rt.fuzzer_osx.a 2>/dev/null)
		;;
	esac
}

# The package that brings a missing thing.
package() { # MANAGER THING
	case $1:$2 in
	apt:compiler) echo "gcc libc6-dev" ;;
	brew:compiler) echo llvm ;;
	apk:compiler) echo "gcc musl-dev" ;;
	*:compiler) echo gcc ;;
	apk:pkg-config | pacman:pkg-config) echo pkgconf ;;
	dnf:pkg-config) echo pkgconf-pkg-config ;;
	*:pkg-config) echo pkg-config ;;
	apt:libpq | apk:libpq) echo libpq-dev ;;
	dnf:libpq) echo libpq-devel ;;
	brew:libpq) echo libpq ;;
	pacman:libpq) echo postgresql-libs ;;
	apt:libcjson) echo libcjson-dev ;;
	dnf:libcjson) echo cjson-devel ;;
	apk:libcjson) echo cjson-dev ;;
	*:libcjson) echo cjson ;;
	apt:server) echo postgresql postgresql-contrib ;;
	apt:client) echo postgresql-client ;;
	apt:contrib) echo postgresql-contrib ;;
	dnf:server) echo postgresql-server postgresql-contrib ;;
	dnf:client) echo postgresql ;;
	dnf:contrib | apk:contrib) echo postgresql-contrib ;;
	apk:server) echo postgresql postgresql-contrib ;;
	apk:client) echo postgresql-client ;;
	*:server | *:client | *:contrib) echo postgresql ;;
	apt:groff) echo groff-base ;;
	apt:fuzzer) echo clang libclang-rt-dev ;;
	dnf:fuzzer | apk:fuzzer | pacman:fuzzer) echo compiler-rt ;;
	brew:fuzzer | brew:clang) echo llvm ;;
	*) echo "$2" ;;
	esac
}

packages() { # MANAGER
	for thing in $missing; do
		package "$1" "$thing"
	done | tr ' ' '\n' | sort -u | tr '\n' ' ' | sed 's/ $//'
}

say() {
	printf 'postkit: %s\n' "$*" >&2
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif [ -t 0 ]; then
		sudo "$@"
	else
		sudo -n "$@"
	fi
}

install_debian() {
	wanted=$(packages apt)
	if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
		say "missing:$missing. As root: apt-get install $wanted"
		exit 2
	fi
	say "installing $wanted"
	# A cluster that Debian makes by itself would listen on a TCP port.
	directory=/etc/postgresql-common/createcluster.d
	case $wanted in
	*postgresql*)
		as_root sh -c "mkdir -p $directory && echo 'create_main_cluster = false' >$directory/postkit.conf"
		trap 'as_root rm -f $directory/postkit.conf' EXIT
		;;
	esac
	log=$stamp.log
	if ! { as_root apt-get update &&
		as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $wanted; } \
		>"$log" 2>&1 </dev/null; then
		tail -n 12 "$log" >&2
		say "apt-get install $wanted failed (the whole output: $log)"
		exit 2
	fi
	rm -f "$log"
}

mkdir -p "$(dirname "$stamp")" || exit 2
# One at a time: make -j may want two kinds at once.
if command -v flock >/dev/null; then
	exec 9>"$(dirname "$stamp")/setup.lock"
	flock 9
fi
look
if [ -n "$missing" ] && command -v apt-get >/dev/null; then
	install_debian
	look
fi
if [ -n "$missing" ]; then
	say "missing:$missing. Install them and run make again:"
	here=
	for manager in brew dnf apk pacman; do
		command -v $manager >/dev/null && here=$manager
	done
	for manager in ${here:-brew dnf apk pacman apt-get}; do
		case $manager in
		apk) how="apk add" ;;
		pacman) how="pacman -S" ;;
		*) how="$manager install" ;;
		esac
		say "  $how $(packages "${manager%-get}")"
	done
	[ "$kind" = build ] && command -v brew >/dev/null &&
		say "  export PKG_CONFIG_PATH=\$(brew --prefix libpq)/lib/pkgconfig"
	exit 2
fi
printf '%s' "$found" >"$stamp.new" && mv "$stamp.new" "$stamp"
