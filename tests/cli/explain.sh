#!/bin/sh
# What explain tells a person.
. "$(dirname "$0")/tap.sh"

# The text without line breaks, as it is read aloud
aloud() {
	tr -s ' \n' ' ' <out >aloud
}

run explain deny.json
aloud
has out "deny: d (deny.json:1)" "verdict, id and place"
has aloud "azure-openai (revision 2026-05-01) prohibits this use." "which policy and revision"
has aloud "- who acts: kind of party: a state or local police force (/actor/kind); jurisdiction: Illinois (/actor/jurisdiction)" "the party, and where it stands"
has aloud "- kind of camera: a fixed camera (/camera)" "a fact, and where it stands"
has aloud 'It is prohibited by azure-openai/us-police-facial-recognition, "Facial recognition by or for police in the United States", usage restrictions, item 18, https://learn.microsoft.com/legal/ai-code-of-conduct (confidence B), because of:' "the clause, its title and source"
has aloud "- use: facial recognition (/uses/0)" "the facts that carry it"
has aloud "Considered and not met: azure-openai/law-enforcement-mobile-real-time." "the other clauses"
lacks aloud "nearest" "no nearest miss where something decides"

run explain undecided.json
aloud
has aloud "azure-openai (revision 2026-05-01) may or may not prohibit this use." "undecided: in words"
has aloud "It could be prohibited by azure-openai/law-enforcement-mobile-real-time" "undecided: the clause"
has aloud "- met: time of processing: in real time (/timing)" "undecided: what is met already"
has aloud "- missing: kind of camera" "undecided: what is missing"
has aloud "- it would be denied with kind of camera: a mobile camera" "undecided: what would meet it"
has aloud "- it would be allowed with kind of camera: a fixed camera" "undecided: what would end it"

run explain allow.json
aloud
has aloud "azure-openai (revision 2026-05-01) does not prohibit this use." "allow: in words"
echo '{"id": "n", "actor": {"kind": "vendor"}, "on_behalf_of": [{"name": "North", "kind": "police", "jurisdiction": "FR"}],
"uses": ["facial-recognition"], "camera": "drone", "environment": "controlled", "timing": "real-time"}' >near.json
run explain near.json
aloud
has aloud '- for whom, "North": kind of party:' "the party that is acted for"
has aloud "The nearest clause is azure-openai/" "allow: the nearest miss"
is "allow: what would make it deny" "$(grep -c 'it would be denied with' aloud)" 1

echo '{"actor": {"kind": "police", "jurisdiction": "US"}, "uses": {"facial-recognition": false, "redaction": null},
"camera": ["fixed", "dash"], "not_camera": "dash"}' >told.json
run explain told.json
aloud
has aloud "- use: not facial recognition (/uses/facial-recognition)" "what is denied"
has aloud "- use: left open: blurring or redacting (/uses/redaction)" "what is left open"
has aloud "told both ways: a dash-mounted camera (/camera/1) (/not_camera)" "what is told both ways"

echo '{"actor": {"kind": "police", "jurisdiction": "FR"}, "uses": ["facial-recognition"], "environment": null}' >several.json
run explain several.json
aloud
has aloud "- missing: kind of camera and time of processing" "several facts are missing"
has aloud "- left open: surroundings" "and one is left open"
has aloud "- it would be denied with all of these: kind of camera: a mobile camera; " "all would meet it"
has aloud "- it would be allowed with any one of these: kind of camera: a fixed camera; " "any one would end it"

echo '{"actor": {"kind": "business", "jurisdiction": "FR"}, "uses": ["emotion-inference"]}' >setting.json
run explain -p eu-ai-act setting.json
aloud
has aloud "- it would be allowed with setting: neither work nor education" \
	"a value that ends it is none of those that meet it"
echo '{"actor": {"kind": "police", "jurisdiction": "FR"}, "uses": ["identification"], "timing": "real-time",
"public_space": true, "purpose": "missing-person", "registration": true, "limited": true}' >aims.json
run explain -p eu-ai-act aims.json
aloud
has aloud "- it would be denied with permission by the law of the place: the law of the place does not" \
	"one condition that fails is enough"
has aloud "- it would be allowed with all of these: permission by the law of the place: the law of the place allows this use; " \
	"all conditions are needed"
run explain -p eu-ai-act -t "A marketing text is translated."
aloud
is "the nearest clause with all that it lacks" "$(grep -c 'it would be denied with all of these: .*significant harm' aloud)" 1

printf '{"id": 7, "uses": ["redaction"], "colour": 1}\n{"id": 8, "uses": [}\n' >bad.jsonl
run explain bad.jsonl
aloud
has aloud "Notes: - /colour: unrecognised member" "notes"
has aloud "invalid: bad.jsonl:2 The request cannot be judged. Line 2, column 20: " "an invalid request"
is "notes are not repeated on standard error" "$(cat err)" ""

run explain -t 'The Chicago Police Department uses facial recognition on booking photographs.'
aloud
has aloud "deny: text:1" "a sentence"
has aloud "How the text was read:" "a sentence: how it was read"
has aloud '"facial recognition"' "a sentence: the words"
has aloud "taken as said" "a sentence: the reading"
run explain -t 'The Chicago Police Department does not use facial recognition.'
aloud
has aloud '- use: facial recognition ("facial recognition"): denied by "' "a denial: by which words"

is "no line is longer than 80 columns" "$(grep -v '[^ ]\{60\}' out | awk 'length > 80' | wc -l)" 0
run explain three.jsonl
is "an empty line ends each request" "$(awk -v RS= 'END {print (NR > 3)}' out)$(tail -n 1 out)" 1
is "each request begins with its verdict" "$(grep -cE '^(allow|deny|undecided): [adu] ' out)" 3
finish
