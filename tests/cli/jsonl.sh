#!/bin/sh
# The jsonl format: one valid object a line, its members in the promised order.
. "$(dirname "$0")/tap.sh"

run check -f jsonl three.jsonl
is "members and their order" "$(jq -c keys_unsorted out | sort -u)" \
	'["n","file","line","id","verdict","judged_by","clauses","open","notes"]'
is "n counts records, line lines" "$(jq -c '[.n,.line]' out | tr '\n' ' ')" "[1,1] [2,2] [3,3] "
is "the file as named" "$(jq -r .file out | sort -u)" three.jsonl
is "who judged" "$(jq -c .judged_by out | sort -u)" \
	'[{"policy":"azure-openai","revision":"2026-05-01"}]'
is "members of a clause" "$(sed -n 2p out | jq -c '.clauses[0] | keys_unsorted')" \
	'["policy","revision","clause","title","source","because"]'
is "why, with where it stands" "$(sed -n 2p out | jq -c '.clauses[0].because')" \
	'[{"fact":"party.kind","value":"police","at":"/actor/kind"},{"fact":"party.jurisdiction","value":"US-IL","at":"/actor/jurisdiction"},{"fact":"use","value":"facial-recognition","at":"/uses/0"}]'
is "what is open" "$(sed -n 3p out | jq -c .open)" \
	'[{"policy":"azure-openai","revision":"2026-05-01","clause":"law-enforcement-mobile-real-time","missing":["camera"],"questioned":[],"conflict":[]}]'

printf '\n\n{"id": "x", "colour": 1, "uses": ["redaction"]}' >colour.json
run check -f jsonl colour.json
is "notes" "$(jq -c .notes out)" '[{"at":"/colour","note":"unrecognised member"}]'
is "notes are not repeated on standard error" "$(cat err)" ""
is "blank lines are no records" "$(jq -c '[.n,.line]' out)" "[1,3]"
echo '{"~a/b": 1, "messages": {"~1": {"/text": "Match this face with mugshots"}}}' >escaped.json
run explain -f jsonl escaped.json
is "a pointer to what is named with ~ and /" \
	"$(jq -c '[.notes[0].at, .facts.axes.use["facial-recognition"].evidence[0].at]' out)" \
	'["/~0a~1b","/messages/~01/~1text"]'

for id in '"a\u0000\"é"' 12345678901234567890123 1.50e3 true null '"\ud83d\ude00"'; do
	printf '{"id": %s, "uses": ["redaction"]}\n' "$id" >id.json
	run check -f jsonl id.json
	has out "\"id\":$id,\"verdict\"" "the id as it stands: $id"
done
echo '{"uses": ["redaction"]}' >noid.json
run_in check -f jsonl <noid.json
is "no id, standard input" "$(jq -c '[.file,.id]' out)" '["-",null]'
odd=$(printf 'odd"\t\377.json')
cp allow.json "$odd"
run check -f jsonl "$odd"
is "a file name that is not UTF-8" "$(jq -c .file out)" '"odd\"\t�.json"'

printf '{"id": "é", "uses": ["redaction"]}\n{"é": 1, "a": }\n' >bad.jsonl
run check -f jsonl bad.jsonl
is "members of an invalid one" "$(sed -n 2p out | jq -c keys_unsorted)" \
	'["n","file","line","id","verdict","judged_by","clauses","open","notes","error"]'
is "members of its error" "$(sed -n 2p out | jq -c '.error | keys_unsorted')" \
	'["message","line","column","byte"]'
is "column in characters, byte in bytes, both in the file" \
	"$(sed -n 2p out | jq -c '.error | [.line,.column,.byte]')" "[2,15,51]"
is "the error says what is wrong" "$(sed -n 2p out | jq -r '.error.message | length > 10')" true

# The same facts wherever the records stand
cat three.jsonl three.jsonl >six.jsonl
run check -f jsonl six.jsonl
jq -c 'del(.n,.file,.line)' out | tail -3 >tail
run_in check -f jsonl <three.jsonl
jq -c 'del(.n,.file,.line)' out >whole
is "but for n, file and line, pieces give the same as the whole" "$(cat tail)" "$(cat whole)"

run explain -f jsonl three.jsonl invalid.json
is "explain adds facts, considered and mentions" "$(sed -n 2p out | jq -c 'keys_unsorted[9:]')" \
	'["facts","considered","mentions"]'
is "what was understood" "$(sed -n 2p out | jq -c '.facts.parties[0] | [.role,.kind,.jurisdiction]')" \
	'["actor","police","US-IL"]'
is "the truth of a value" "$(sed -n 2p out | jq -c '.facts.axes.camera.fixed.truth')" '"true"'
is "every clause with its outcome" \
	"$(sed -n 2p out | jq -c '[.considered[] | [.clause,.outcome]]')" \
	'[["us-police-facial-recognition","true"],["law-enforcement-mobile-real-time","false"]]'
is "what would meet an open clause and what would end it" \
	"$(sed -n 3p out | jq -c '.considered[] | select(.outcome=="open") | [.meets,.ends]')" \
	'[[{"fact":"camera","value":"mobile","truth":"true"}],[{"fact":"camera","value":"fixed","truth":"true"}]]'
is "the nearest miss" "$(sed -n 3p out | jq -c '[.considered[] | select(.nearest) | .clause]')" \
	'["us-police-facial-recognition"]'

# No control character, whatever comes in
printf '{"id": "\\u001b", "\\u0007\\u0085": 1, "uses": ["redaction"]}\n' >bell.json
run check -f jsonl bell.json
is "control characters are escaped" "$(tr -d '\n' <out | grep -c '[[:cntrl:]]')" 0
jq -e . out >/dev/null
result $? "and the line is JSON"
finish
