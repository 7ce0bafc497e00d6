#!/bin/sh
# The progress of long work: on a terminal's standard error alone, and gone at the end.
. "$(dirname "$0")/tap.sh"

echo '{"id": "n", "uses": ["redaction"], "colour": 1}' >note.json
wiped=$(printf '\r\033[K')

# on_terminal COMMAND: what a terminal shows that is the command's standard error.
on_terminal() {
	"$python" "$here/terminal.py" sh -c "$1" >shown 2>&1
}
slow="{ cat three.jsonl; sleep 1.2; cat three.jsonl; sleep 0.3; cat deny.json note.json; }"

on_terminal "$slow | '$proviso' check >out"
is "long work: the verdicts" "$(cut -f1 out | tr '\n' ' ')" \
	"allow deny undecided allow deny undecided deny allow "
has shown " requests, " "long work: requests are counted"
has shown "6 requests, 2 denied, " "long work: denials are counted"
has shown "B/s" "long work: the rate"
is "long work: wiped at the end" "$(tr '\r' '\n' <shown | tail -n 1 | grep -c requests)" 0
is "a note is not written behind it" \
	"$(tr '\r' '\n' <shown | grep -c "^$(printf '\033')\[Kproviso: -:8: note: /colour")" 1

on_terminal "$slow | '$proviso' check --color=never"
is "verdicts on the terminal, too, stand alone" \
	"$(tr -d '\r' <shown | sed "s/^.*$(printf '\033')\[K//" | grep -c '^deny	d	')" 3

for option in -q --progress=never; do
	on_terminal "$slow | '$proviso' check $option >out 2>&1; '$proviso' check $option note.json >>out"
	lacks shown "requests" "$option: nothing"
done
on_terminal "$slow | '$proviso' check >out 2>err"
lacks err "$wiped" "standard error is no terminal: nothing"
on_terminal "'$proviso' check three.jsonl >out"
is "short work: nothing" "$(cat shown)" ""
eval "$slow" | "$proviso" check --progress=always >out 2>err
has err "6 requests, 2 denied, " "--progress=always: although it is no terminal"
lacks out "requests" "never in standard output"

slow="{ cat allow.json deny.json; sleep 1.2; cat deny.json; sleep 0.3; cat invalid.json; }"
diff="'$proviso' diff --from openai-usage --to azure-openai"
on_terminal "$slow | $diff - >out"
has shown "3 requests, 2 different, " "diff: requests and differences are counted"
is "diff: wiped before a message" \
	"$(tr '\r' '\n' <shown | grep -c "^$(printf '\033')\[Kproviso: -:4: ")" 1
is "diff: wiped at the end" "$(tr '\r' '\n' <shown | tail -n 1 | grep -c requests)" 0
on_terminal "$slow | $diff -q - >out"
lacks shown "requests" "diff -q: nothing"
usage "a wrong word" "--progress: 'sometimes' is not auto, always or never" \
	check --progress=sometimes allow.json
finish
