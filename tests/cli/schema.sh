#!/bin/sh
# The schemas hold for the files of the project and for what the tool prints.
. "$(dirname "$0")/tap.sh"

if ! "$python" -c 'import jsonschema' 2>/dev/null; then
	echo "1..0 # SKIP python3-jsonschema is not installed"
	exit 0
fi
valid() {
	schema=$1 name=$2
	shift 2
	"$python" "$here/schema.py" "$schema" "$@" >problems 2>&1
	result $? "$name"
	sed 's/^/# /' problems
}
wrong() {
	"$python" "$here/schema.py" "$1" "$2" >problems 2>&1
	is "$3" "$?" 1
}

valid policy "the built-in policies" "$root"/policies/*.json
valid vocabulary "the built-in vocabulary" "$root"/policies/vocabulary/*.json
valid request "the stories" "$root"/testdata/stories/*.json
jq -c -f "$root/testdata/federal-inventory.jq" "$root/testdata/federal-sample.jsonl" >federal.jsonl
valid request "the converted inventory" federal.jsonl

cat >odd.jsonl <<'END'
{"id": 1, "uses": {"facial-recognition": false}, "text": "We do facial recognition for Ohio police."}
{"id": [1]}
{"id": 2, "a\tb": 1, "camera": "fixd", "actor": [{"kind": ["police", "vendor"]}, "ACME", null]}
not json
"text"
{"messages": [{"role": "user", "content": "Is a body camera that matches faces allowed?"}]}
END
for options in "" "--quote" "--strict" "--as-of record" "--as-of 2020-01-01" "--undecided=deny"; do
	# shellcheck disable=SC2086 # options are words
	"$proviso" check -f jsonl $options three.jsonl odd.jsonl "$root"/testdata/stories/*.json \
		federal.jsonl >check.jsonl 2>err
	valid verdict "check $options" check.jsonl
	is "check $options: a verdict a record" "$(wc -l <check.jsonl)" \
		"$((3 + 6 + $(find "$root/testdata/stories" -name '*.json' | wc -l) + 12))"
done
for options in "" "--quote" "--as-of record" "--as-of 2020-01-01"; do
	# shellcheck disable=SC2086
	"$proviso" explain -f jsonl $options three.jsonl odd.jsonl "$root"/testdata/stories/*.json \
		federal.jsonl >explain.jsonl 2>err
	valid verdict "explain $options" explain.jsonl
done

echo '{"uses": 3}' >use.json
wrong request use.json "a use that is a number is no request by the schema"
jq -c '((.properties | keys[]) as $name | {($name): [3]}),
	((.["$defs"].party.oneOf[1].properties | keys[]) as $name | {actor: {($name): [3]}}),
	{not_uses: 3}, {use: {"facial-recognition": 3}}, {messages: [{role: 3}]}' \
	"$root/policies/schema/request.schema.json" >numbers.jsonl
"$python" "$here/schema.py" request numbers.jsonl >problems 2>&1
is "no member of a request holds an array of numbers by the schema" \
	"$(cut -d: -f2 problems | sort -nu | wc -l)" "$(wc -l <numbers.jsonl)"
echo '{"policy": "p", "reviewed": "soon", "revisions": [], "clauses": []}' >policy.json
wrong policy policy.json "a policy without revisions is none by the schema"
echo '{"axes": [{"axis": "x", "holds": "some", "values": []}]}' >words.json
wrong vocabulary words.json "an axis that holds some is none by the schema"
echo '{"n": 1}' >line.json
wrong verdict line.json "a line without a verdict is none by the schema"
finish
