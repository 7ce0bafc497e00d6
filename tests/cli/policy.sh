#!/bin/sh
# policy list and policy show.
. "$(dirname "$0")/tap.sh"

tab=$(printf '\t')
run policy list
exits 0 "policy list"
is "list: name, title, revisions, clauses" "$(grep '^azure-openai' out)" \
	"azure-openai${tab}Azure OpenAI Service code of conduct: law enforcement restrictions${tab}2024-05-01,2024-05-03,2026-05-01${tab}3 clauses"
cat >house.json <<'END'
{"policy": "house", "reviewed": "2026-01-01", "note": "For us.",
 "revisions": [{"revision": "1", "published": "2025-01-01", "in_force": "2025-02-01"},
  {"revision": "2", "published": "2025-06-01", "in_force": "2025-06-01"}],
 "clauses": [{"clause": "no-faces", "title": "Faces", "text": "Faces stay private.", "since": "1", "until": "2",
  "note": "A note.", "section": "3.1", "source": "https://example.org/rules", "confidence": "A",
  "when": {"any": [{"all": [{"party": {"kind": "police", "jurisdiction": "US"}}, {"not": {"camera": "fixed"}}]},
   {"use": "facial-recognition", "unstated": "unknown"}]},
  "except": [{"title": "Missing children", "ground": {"use": "verification"},
   "conditions": [{"timing": "retrospective"}], "section": "3.2"}]},
  {"clause": "other", "since": "2", "when": {"use": "redaction"}}],
 "applies_to": {"service": "openai"},
 "out_of_reach": [{"title": "Fees", "section": "9", "why": "Money is no fact of a use."}, {"title": "Seat", "why": "Nor is that."}]}
END
run policy list -p house.json
is "list -p FILE" "$(cat out)" "house${tab}-${tab}1,2${tab}2 clauses"
usage "list with a file as operand" "name it with --policy" policy list house.json
run policy list -p nothing
exits 2 "list: a policy that is not there"

run policy show house.json
exits 0 "policy show FILE"
tr -s ' \n' ' ' <out >aloud
for text in "house" "Reviewed: 2026-01-01" "Note: For us." "1: published 2025-01-01, in force from 2025-02-01" \
	"2: published 2025-06-01, in force from 2025-06-01 (the one that judges)" \
	"no-faces (not in force)" "Faces stay private." "Section: 3.1" "Source: https://example.org/rules" \
	"Confidence: A" "Since revision 1, in force from 2025-02-01 Until revision 2, in force from 2025-06-01" "Note: A note." \
	"- any of this: - all of this:" "one party, acting or acted for, with all of this:" \
	"- kind of party: a state or local police force" "- jurisdiction: the United States" \
	"- not this: - kind of camera: a fixed camera" \
	"- use: facial recognition (unstated is taken as unknown)" \
	"Missing children" "- use: verifying a person by the face - time of processing: afterwards" \
	"Section: 3.2" "Binds requests where this holds: - AI service: OpenAI" \
	"Not covered by any clause, and not judged Fees Section: 9 Money is no fact of a use. Seat Nor is that."; do
	has aloud "$text" "show: $text"
done
for pack in openai-usage:"Sexual content, abuse of children" anthropic-usage:"Fraud, platform abuse" \
	meta-llama:"Fraud, disinformation" aws-rekognition:"Responsible AI Policy"; do
	run policy show "${pack%%:*}"
	tr -s ' \n' ' ' <out | sed 's/.*Not covered by any clause, and not judged//' >aloud
	has aloud "${pack#*:}" "show: ${pack%%:*} says what it does not judge"
done
run policy show azure-openai
exits 0 "policy show NAME"
tr -s ' \n' ' ' <out >aloud
has aloud "in force from 2024-05-03, corrects 2024-05-01 and so binds from 2024-05-01 The" \
	"show: both days of a correction"
is "show: all clauses" "$(grep -cE '^(us-police-any-use|us-police-facial-recognition|law-enforcement-mobile-real-time)' out)" 3
run policy show azure-openai us-police-facial-recognition
is "show NAME CLAUSE: that clause alone" "$(grep -cE '^[a-z]' out)" 1
is "show NAME CLAUSE: its name first" "$(head -n 1 out)" "us-police-facial-recognition"
has out "  Policy: azure-openai" "show NAME CLAUSE: its policy"
has out "  Issuer: Microsoft" "show NAME CLAUSE: its issuer"
tr -s ' \n' ' ' <out >aloud
has aloud "Since revision 2024-05-03, in force from 2024-05-03; a correction, it binds from 2024-05-01" \
	"show NAME CLAUSE: both days of a correction"
run policy show azure-openai --as-of 2024-05-02 --known-at 2024-05-02
is "show --as-of --known-at: the clauses of that day" "$(grep -E '^(us-|law-)' out)" "us-police-any-use"
run policy show azure-openai --as-of 2024-05-02
is "show --as-of: the clauses in force" "$(grep -E '^(us-|law-)' out | tr '\n' ' ')" \
	"us-police-facial-recognition law-enforcement-mobile-real-time "
run policy show azure-openai --as-of 2020-01-01
has out "None of them is in force" "show --as-of a day before the first"
usage "show without a name" "name a policy" policy show
usage "show with too many words" "at most one clause" policy show a b c
usage "show --as-of record" "there is no record here" policy show azure-openai --as-of record
run policy show azure-openai nothing
exits 2 "show: a clause that is not there"
has err "no clause 'nothing' in azure-openai" "show: names the clause"
run policy show nothing
exits 2 "show: a policy that is not there"

echo '{"policy": "p", "reviewed": "2026-01-01", "revisions": [], "clauses": [{"clause": 1}], "colour": 1}' >bad.json
run policy show bad.json
exits 2 "a file with problems"
is "every problem has its place and id" "$(grep -vcE '^proviso: bad\.json:1:[0-9]+: \[[a-z-]+\] ' err)" 0
is "all problems are reported at once" "$(wc -l <err | awk '{print ($1 >= 4)}')" 1

# Two texts of one name
sed 's/"jurisdiction": "US"/"jurisdiction": "FR"/' "$root/policies/azure-openai.json" >other.json
cp other.json same.json
for names in "-p azure-openai -p other.json" "-p other.json -p azure-openai" "-p all -p other.json"; do
	# shellcheck disable=SC2086
	run check $names deny.json
	exits 2 "$names: exit status"
	is "$names: no verdict" "$(cat out)" ""
	is "$names: one message" "$(grep -c '\[duplicate\] .* another policy named "azure-openai"$' err)" \
		"$(wc -l <err)"
done
run policy list -p all -p other.json
exits 2 "list: two texts of one name"
jq 'del(.clauses[].tests)' "$root/policies/azure-openai.json" >untested.json
run check -p azure-openai -p untested.json deny.json
is "a policy without its tests is the same" "$(cut -f 1 out)$(cat err)" "deny"
run policy test azure-openai ./other.json
exits 2 "test: two texts of one name"
run check -p other.json -p ./same.json -p other.json deny.json
exits 0 "the same text twice is one policy"
finish
