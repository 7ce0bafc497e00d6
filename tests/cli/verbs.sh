#!/bin/sh
# Verbs, help and usage errors.
. "$(dirname "$0")/tap.sh"

run --help
exits 0 "--help"
for verb in check explain "policy list" "policy show"; do
	has out "proviso $verb" "--help names $verb"
done
run -h
exits 0 "-h"
run --version
exits 0 "--version"
is "--version prints name and version" "$(grep -cE '^proviso [0-9]+\.[0-9]+\.[0-9]+$' out)" 1

for verb in check explain "policy list" "policy show"; do
	# shellcheck disable=SC2086 # a verb of two words
	run $verb --help
	exits 0 "$verb --help"
	has out "Usage: proviso $verb" "$verb --help shows the synopsis"
	has out "--vocabulary=FILE" "$verb --help lists options"
	is "$verb --help says nothing on standard error" "$(cat err)" ""
	# shellcheck disable=SC2086
	run $verb --version
	exits 0 "$verb --version"
done
for help in -h --help; do
	run policy "$help"
	exits 0 "policy $help"
	is "policy $help: its verbs" "$(grep -o '^  proviso policy [a-z]*' out | cut -d ' ' -f 5 | tr '\n' ' ')" \
		"list show lint test "
	has out "Usage: proviso policy VERB" "policy $help shows the synopsis"
	lacks out "proviso diff" "policy $help: no others"
done
run check --help
for option in text policy clause vocabulary format jobs as-of known-at only undecided strict quote \
	summary max-record allow-empty exit-zero quiet progress color help version; do
	has out "--$option" "check --help lists --$option"
done
for absent in profile facts waivers sarif; do
	lacks out "$absent" "check --help does not promise $absent"
done
run explain --help
lacks out "--undecided" "explain --help does not list what only check has"

usage "no verb" "say what to do"
usage "an unknown verb" "unknown verb 'frobnicate'" frobnicate
usage "a mistyped verb" "did you mean 'check'" chekc
usage "policy without a verb" "'policy' wants list, show, lint or test" policy
usage "policy with another verb" "not 'print'" policy print
usage "an unknown option" "unknown option '--frobnicate'" check --frobnicate
usage "a mistyped option" "did you mean '--known-at'" check --known-on 2024-05-02
usage "an option of another verb" "unknown option '--undecided'" explain --undecided deny
usage "an unknown letter" "unknown option '-Z'" check -Z
usage "an ambiguous option" "option '--s' is ambiguous" check --s
usage "a missing value" "wants NAME|FILE" check -p
usage "a value too many" "option '--strict' takes no value" check --strict=yes
usage "text and files" "--text and files do not go together" check -t text allow.json
has err "Try 'proviso check --help'" "a usage error names the verb"

"$python" "$here/terminal.py" "$proviso" check >out 2>&1
is "standard input is a terminal: exits 2" "$?" 2
has out "standard input is a terminal" "standard input is a terminal: says so"
"$python" "$here/terminal.py" "$proviso" check allow.json >out 2>&1
is "a file and a terminal go together" "$?" 0

run check --polic azure-openai allow.json
exits 0 "an unambiguous beginning of an option"
run check -- -file
has err "proviso: -file: No such file" "-- ends the options"
finish
