#!/bin/sh
# The labelled sets come out as well as they did: those of testdata, and where
# they are found those in $PROVISO_SHARED.
. "$(dirname "$0")/tap.sh"

shared=${PROVISO_SHARED:-$root/../shared}/testsets

# least ACCURACY SET
least() {
	name=$(basename "$2")
	if [ ! -f "$2" ]; then
		number=$((number + 1))
		printf 'ok %d - %s # SKIP the set is not here\n' "$number" "$name"
		return
	fi
	status=0
	"$python" "$here/../eval/eval" --least "$1" "$proviso" "$2" >report 2>&1 || status=$?
	result "$status" "$name: at least $1 of the verdicts are right"
	[ "$status" -eq 0 ] || sed 's/^/# /' report
}

least 0.97 "$root/testdata/text/blind.jsonl"
least 0.98 "$root/testdata/text/rounds.jsonl"
least 0.90 "$root/testdata/text/practices.jsonl"
least 0.98 "$shared/dev.jsonl"
least 0.97 "$shared/own.jsonl"
least 0.95 "$shared/other_clauses.jsonl"
finish
