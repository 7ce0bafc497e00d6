#!/bin/sh
# The labelled sets come out as well as they did: those of testdata, and where
# they are found those in $PROVISO_SHARED.
. "$(dirname "$0")/tap.sh"

shared=${PROVISO_SHARED:-$root/../shared}/testsets

# least ACCURACY SET [OF_CLAUSES]
least() {
	name=$(basename "$2")
	if [ ! -f "$2" ]; then
		number=$((number + 1))
		printf 'ok %d - %s # SKIP the set is not here\n' "$number" "$name"
		return
	fi
	status=0
	"$python" "$here/../eval/eval" --least "$1" --least-clauses "${3:-0}" "$proviso" "$2" \
		>report 2>&1 || status=$?
	result "$status" "$name: at least $1 of the verdicts are right${3:+, and $3 of the clauses}"
	[ "$status" -eq 0 ] || sed 's/^/# /' report
}

least 0.97 "$root/testdata/text/blind.jsonl" 0.97
least 0.98 "$root/testdata/text/rounds.jsonl" 0.97
least 0.90 "$root/testdata/text/practices.jsonl" 0.85
least 0.98 "$shared/dev.jsonl" 0.98
least 0.97 "$shared/own.jsonl"
least 0.95 "$shared/other_clauses.jsonl" 0.95
finish
