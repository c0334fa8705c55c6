#!/bin/sh
# embed.sh FILE... - the files' texts as a C array of struct query (catalog/query.h).
set -eu
echo '#include "catalog/query.h"'
echo 'const struct query queries[] = {'
for file; do
	name=${file##*/}
	printf '\t{ "%s",\n' "${name%.sql}"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/\t  "/' -e 's/$/\\n"/' "$file"
	echo '	},'
done
echo '	{ 0 },'
echo '};'
