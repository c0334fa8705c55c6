# for-version.awk - awk -v low=13 -v high=18 -f for-version.awk FILE: what all servers of these versions understand
#
# The line `-- @min 15` (or `-- @max 14`) keeps the paragraph that it begins, up to the next empty line, for servers of that
# version and newer (older). In the first line of a file it is about the whole file.
function holds() { return $2 == "@min" ? low >= $3 : high <= $3 }
/^-- @(min|max) / { if (NR == 1) { if (!holds()) exit; next } if (!holds()) skip = 1 }
/^$/ { skip = 0 }
!skip
