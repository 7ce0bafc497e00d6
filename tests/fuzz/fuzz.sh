#!/bin/sh
# Runs a fuzz target so many times and tells as TAP whether it found nothing.
#
# usage: fuzz.sh PROGRAM RUNS [OPTION|FOLDER]...
#
# The same number of runs is the same run, but for what a sanitizer's layout of
# memory changes. What libFuzzer counts goes to standard error.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$1 runs=$2
shift 2

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/seeds"
split -l 1 -a 3 "$here/seeds.txt" "$folder/seeds/"

if "$program" -seed=1 -runs="$runs" -max_len=600 -mutate_depth=2 -reload=0 \
	-dict="$here/json.dict" -artifact_prefix="$folder/" "$@" "$folder/seeds" \
	>"$folder/counts" 2>"$folder/log"; then
	echo "ok 1 - $runs executions: $(cat "$folder/counts")"
	grep -E '^INFO: Loaded|DONE|^Done' "$folder/log" >&2
else
	echo "not ok 1 - $runs executions find no difference"
	tail -n 40 "$folder/log" >&2
fi
echo 1..1
