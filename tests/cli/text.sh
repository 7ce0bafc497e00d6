#!/bin/sh
# The text format: four columns, and nothing that could break a line.
. "$(dirname "$0")/tap.sh"

tab=$(printf '\t')
run check three.jsonl
is "columns of allow" "$(sed -n 1p out)" "allow${tab}a${tab}azure-openai@2026-05-01${tab}-"
is "columns of deny" "$(sed -n 2p out)" \
	"deny${tab}d${tab}$us${tab}Facial recognition by or for police in the United States"
is "columns of undecided" "$(sed -n 3p out)" "undecided${tab}u${tab}$mobile${tab}missing: camera"

# Two clauses at once
echo '{"id": 1, "actor": {"kind": "police", "jurisdiction": "US"}, "uses": ["facial-recognition"],
"camera": "dash", "environment": "uncontrolled", "timing": "real-time"}' >both.json
run check both.json
is "all clauses that decided, in their order in the file" "$(cut -f3 out)" "$us,$mobile"
is "their titles" "$(cut -f4 out)" "Facial recognition by or for police in the United States; \
Real-time facial recognition by law enforcement on mobile cameras in uncontrolled surroundings"

# What is open, by reason
echo '{"actor": {"kind": "police"}, "uses": ["facial-recognition"], "camera": null,
"environment": ["uncontrolled"], "not_environment": "uncontrolled", "timing": "real-time"}' >open.json
run check open.json
is "missing, questioned and conflict" "$(cut -f4 out)" \
	"missing: party.jurisdiction; questioned: camera; conflict: environment"

cat >twice.json <<'END'
{"policy": "twice", "reviewed": "2026-01-01",
 "revisions": [{"revision": "1", "published": "2025-01-01", "in_force": "2025-01-01"}],
 "clauses": [{"clause": "mobile", "since": "1", "when": {"camera": "mobile"}},
  {"clause": "fixed", "since": "1", "when": {"camera": "fixed"}}]}
END
run check -p twice.json undecided.json
is "a fact that two clauses miss is named once" "$(cut -f3,4 out)" \
	"twice@1/mobile,twice@1/fixed${tab}missing: camera"

# Ids
id() {
	printf '{"id": %s, "uses": ["redaction"]}\n' "$1" >id.json
	run check id.json
	is "id $1" "$(cut -f2 out)" "$2"
}
id '"plain"' plain
id '17' 17
id '12345678901234567890123' 12345678901234567890123
id '1.50e3' '1.50e3'
id 'true' true
id 'null' id.json:1
id '""' id.json:1
id '"two words"' 'two words'
id '"tab\there"' 'tab\there'
id '"line\nbreak"' 'line\nbreak'
id '"nul\u0000here"' 'nul\u0000here'
id '"back\\slash"' 'back\\slash'
id '"\u001b[31mred"' '\u001b[31mred'
id '"\u202egnp.exe"' '\u202egnp.exe'
id '"caf\u00e9"' 'café'
id '"naïve"' 'naïve'
printf '{"uses": ["redaction"]}\n\n{"uses": ["redaction"]}\n' >noid.jsonl
run check noid.jsonl
is "without an id, the file and the line" "$(cut -f2 out | tr '\n' ' ')" "noid.jsonl:1 noid.jsonl:3 "
run_in check <noid.jsonl
is "standard input is called -" "$(cut -f2 out | tr '\n' ' ')" "-:1 -:3 "
odd=$(printf 'odd\tname\377.json')
cp allow.json "$odd"
echo '{"uses": ["redaction"]}' >"$odd"
run check "$odd"
is "the name of a file is escaped" "$(cut -f2 out)" 'odd\tname\xff.json:1'
run check "$odd-missing"
has err 'odd\tname\xff.json-missing' "and in messages"

# Invalid records: the place is in the file
printf '{"id": 1, "uses": ["redaction"]}\n{"id": 2, "uses": [}\n{"id": 3, "uses": ["redaction"]}\n' \
	>bad.jsonl
run check bad.jsonl
is "the records around a bad one are judged" "$(cut -f1 out | tr '\n' ' ')" "allow invalid allow "
is "the error stands at line:column of the file" \
	"$(sed -n 2p out | cut -f2-4 | sed 's/: .*//')" "bad.jsonl:2$tab-${tab}2:20"
printf '\n\n  {"id": 1,\n   "id": 2}\n' >late.json
run check late.json
is "of a document on several lines, too" "$(cut -f4 out | sed 's/: .*//')" "4:4"
finish
