# setup.sh: what is missing is named, or installed where apt-get is; nothing is asked of the network otherwise.
. "$POSTKIT/tests/lib.sh"

# A machine with the tools of any system, and $1... besides.
machine() {
	rm -rf bin
	mkdir bin
	for name in sh dirname mkdir mv id tr sort sed rm tail cat env "$@"; do
		ln -s "$(command -v "$name")" bin/"$name"
	done
}
setup() { # KIND
	env -i PATH="$here/bin" sh "$POSTKIT/mk/setup.sh" "$1" "$here/stamp" cc
}
program() { # NAME, with the script on stdin
	{ echo '#!/bin/sh'; cat; } >bin/"$1"
	chmod +x bin/"$1"
}

machine cc pkg-config
check "everything is there" setup build
matches "what was found is remembered" '/cc$' "$(cat stamp)"
rm -f stamp

machine
fails_with "nothing is there: dnf" 2 'dnf install cjson-devel gcc libpq-devel pkgconf-pkg-config' setup build
fails_with "apk" 2 'apk add cjson-dev gcc libpq-dev musl-dev pkgconf' setup build
fails_with "pacman" 2 'pacman -S cjson gcc pkgconf postgresql-libs' setup build
fails_with "brew" 2 'brew install cjson libpq llvm pkg-config' setup build
fails_with "Debian" 2 'apt-get install gcc libc6-dev libcjson-dev libpq-dev pkg-config' setup build
check "nothing is remembered" [ ! -e stamp ]
program dnf </dev/null
setup build 2>said
equal "on a system with dnf only its packages are named" 1 "$(grep -c 'install\|add\|-S' said)"

# Where apt-get is: what it was asked to do is written down, and the compiler comes with it.
if [ "$(id -u)" = 0 ]; then
	machine pkg-config ln
	program apt-get <<-END
		echo "\$*" >>$here/asked
		case \$1 in install) ln -s $(command -v cc) $here/bin/cc ;; esac
	END
	check "a compiler is installed" setup build
	equal "apt-get is asked for what is missing, and no more" "update
install -y --no-install-recommends gcc libc6-dev" "$(cat asked)"
	rm -f stamp bin/cc
	program apt-get <<-END
		echo "E: no such package"
		exit 100
	END
	fails_with "apt-get fails" 2 'E: no such package' setup build
	check "nothing is remembered then" [ ! -e stamp ]
else
	skip "setup.sh: apt-get" "its root is faked only as root"
fi
