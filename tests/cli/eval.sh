#!/bin/sh
# The labelled sets come out as well as they did: those of testdata, and where
# they are found those in $PROVISO_SHARED.
. "$(dirname "$0")/tap.sh"

shared=${PROVISO_SHARED:-$root/../shared}/testsets

# scores SET WHAT OPTION...
scores() {
	set=$1 what=$2
	shift 2
	if [ ! -f "$set" ]; then
		number=$((number + 1))
		printf 'ok %d - %s # SKIP the set is not here\n' "$number" "$(basename "$set")"
		return
	fi
	status=0
	"$python" "$here/../eval/eval" "$@" "$proviso" "$set" >report 2>&1 || status=$?
	result "$status" "$(basename "$set"): $what"
	[ "$status" -eq 0 ] || sed 's/^/# /' report
}

# least ACCURACY SET [OF_CLAUSES]
least() {
	scores "$2" "at least $1 of the verdicts are right${3:+, and $3 of the clauses}" \
		--least "$1" --least-clauses "${3:-0}"
}

least 0.99 "$root/testdata/text/blind.jsonl" 0.97
least 0.99 "$root/testdata/text/rounds.jsonl" 0.97
least 0.97 "$root/testdata/text/practices.jsonl" 0.85
least 0.90 "$root/testdata/unseen/police.jsonl"
least 0.89 "$root/testdata/unseen/practices.jsonl"
least 0.80 "$root/testdata/unseen/police-more.jsonl"
least 0.83 "$root/testdata/unseen/practices-more.jsonl"
least 0.70 "$root/testdata/unseen/long.jsonl"
least 0.99 "$shared/dev.jsonl" 0.98
least 0.99 "$shared/own.jsonl"
least 0.98 "$shared/other_clauses.jsonl" 0.95
scores "$shared/real.jsonl" "law enforcement and facial recognition have an F1 of 0.94 and 0.96" \
	--least-label law_enforcement=0.94 --least-label facial_recognition=0.96
finish
