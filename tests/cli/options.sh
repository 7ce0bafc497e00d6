#!/bin/sh
# Every option changes what it says it changes.
. "$(dirname "$0")/tap.sh"

# --text
run check -t 'We match faces for police in Chicago.'
is "--text is one request" "$(wc -l <out)" 1
is "--text calls its input text" "$(cut -f2 out)" "text:1"
run check --text 'Translate a letter.' --text 'Blur faces.'
is "--text may be repeated" "$(cut -f2 out | tr '\n' ' ')" "text:1 text:2 "
run check -f jsonl -t 'Translate a letter.'
has out '{"n":1,"file":"text","line":1,"id":null,' "--text in jsonl"
run check -t 'x y'
lacks err "no request" "--text needs no file"

# --policy and --clause
cat >house.json <<'END'
{"policy": "house", "title": "House rules", "reviewed": "2026-01-01",
 "revisions": [{"revision": "1", "published": "2025-01-01", "in_force": "2025-02-01"}],
 "clauses": [
  {"clause": "no-blurring", "title": "Blurring", "since": "1", "when": {"use": "redaction"}},
  {"clause": "no-faces", "title": "Faces", "since": "1", "when": {"use": "facial-recognition"}}]}
END
cp house.json house.policy
run check -p house.json allow.json
is "--policy FILE.json" "$(cut -f1,3,4 out)" "deny	house@1/no-blurring	Blurring"
run check -p ./house.policy allow.json
is "--policy FILE with a slash" "$(cut -f1,3 out)" "deny	house@1/no-blurring"
run check -p house.policy allow.json
exits 2 "--policy: a name that no policy has"
has err "house.policy" "--policy: the message repeats the name"
run check -p house.json -p azure-openai deny.json
is "--policy may be repeated; policies are sorted by name" "$(cut -f3 out)" \
	"$us,house@1/no-faces"
run check -p azure-openai -p house.json deny.json
is "--policy: the order does not matter" "$(cut -f3 out)" "$us,house@1/no-faces"
run check -p all deny.json
has out "$us" "--policy all holds the default policy"
run check -p house.json --clause 'no-b*' deny.json
is "--clause leaves out other clauses" "$(cut -f1,3 out)" "allow	house@1"
run check -p house.json --clause 'no-b*' --clause no-faces deny.json
is "--clause may be repeated" "$(cut -f1,3 out)" "deny	house@1/no-faces"
run check --clause nothing deny.json
exits 2 "--clause that matches nothing"
has err "nothing" "--clause that matches nothing is named"

# --vocabulary
cat >words.json <<'END'
{"axes": [{"axis": "use", "values": [{"value": "identification", "spellings": ["FaceFinder"]}]}]}
END
cat >product.json <<'END'
{"id": "p", "actor": {"kind": "police", "jurisdiction": "US"}, "uses": ["FaceFinder"], "camera": "fixed"}
END
run check -q product.json
is "a spelling that nobody knows" "$(cut -f1 out)" "undecided"
run check --vocabulary words.json product.json
is "--vocabulary adds a spelling" "$(cut -f1,3 out)" "deny	$us"
run check --vocabulary missing.json product.json
exits 2 "--vocabulary: a file that is not there"
has err "missing.json" "--vocabulary: the message names the file"
echo '{"axes": [{"axis": "use", "values": [{"value": 1}]}]}' >bad.json
run check --vocabulary bad.json product.json
exits 2 "--vocabulary: a file with a problem"
is "--vocabulary: the problem has a place and an id" \
	"$(grep -cE '^proviso: bad\.json:1:[0-9]+: \[[a-z-]+\] ' err)" 1

# --format
run check -f jsonl three.jsonl
is "--format=jsonl: a line a request" "$(wc -l <out)" 3
run check -f text three.jsonl
is "--format=text: a line a request" "$(wc -l <out)" 3
usage "an unknown format" "'sarif' is none of text, jsonl" check -f sarif three.jsonl

# --as-of and --known-at
cat >audio.json <<'END'
{"id": "s", "date": "2024-05-02T12:00:00Z", "actor": {"kind": "police", "jurisdiction": "US-CO"}, "uses": ["summarisation"], "camera": "body-worn"}
END
run check audio.json
is "by default, the policy as last reviewed" "$(cut -f1,3 out)" "allow	azure-openai@2026-05-01"
run check --as-of 2024-05-02 audio.json
is "--as-of: the corrected text" "$(cut -f1,3 out)" "allow	azure-openai@2024-05-03"
run check --as-of 2024-05-02 --known-at 2024-05-02 audio.json
is "--known-at: the text as published by mistake" "$(cut -f1,3 out)" \
	"deny	azure-openai@2024-05-01/us-police-any-use"
run check --as-of record --known-at 2024-05-02 audio.json
is "--as-of record: the request's own date" "$(cut -f1,3 out)" \
	"deny	azure-openai@2024-05-01/us-police-any-use"
for date in 20240102 '"20240102"' 2024; do
	echo "{\"date\": $date, \"uses\": [\"redaction\"]}" >number.json
	run check --as-of record number.json
	has err "note: /date: a day in 1970; a number counts seconds since then" \
		"--as-of record: $date is not taken for a day in silence"
done
echo '{"date": 1714989600, "uses": ["redaction"]}' >number.json
run check --as-of record number.json
is "--as-of record: seconds since 1970" "$(cut -f1,3 out)" "allow	azure-openai@2024-05-03"
is "--as-of record: seconds since 1970 need no note" "$(cat err)" ""
run check --as-of today audio.json
is "--as-of today" "$(cut -f1,3 out)" "allow	azure-openai@2026-05-01"
run check --as-of today --known-at today audio.json
is "--known-at today" "$(cut -f1,3 out)" "allow	azure-openai@2026-05-01"
run check --as-of 2020-01-01 audio.json
exits 3 "--as-of a day before the first revision is undecided"
is "--as-of a day before the first revision names no revision" "$(cut -f3 out)" "azure-openai@-"
echo '{"uses": ["facial-recognition"]}' >undated.json
run check --as-of record --known-at 2023-01-01 undated.json
is "no date, and no text that was known: the text is missing" "$(cut -f1,3,4 out)" \
	"undecided	azure-openai@-	missing: policy.text"
run explain --as-of record --known-at 2023-01-01 undated.json
has out "There is no text of azure-openai for that day:" "the same, explained"
run explain --as-of record -p openai-usage undated.json
has out "The texts of openai-usage differ about it:" "no date, and the texts differ"
for day in 2024-5-2 2024-02-30 yesterday ''; do
	usage "--as-of $day" "--as-of: '$day' is not a day of the form YYYY-MM-DD" \
		check --as-of "$day" audio.json
	usage "--known-at $day" "--known-at: '$day' is not a day of the form YYYY-MM-DD" \
		check --known-at "$day" audio.json
done
run check --known-at record audio.json
exits 2 "--known-at record is no day"

# --only
run check --only deny three.jsonl
is "--only prints one verdict" "$(cut -f1 out)" "deny"
exits 1 "--only deny: the status counts all"
run check --only allow,undecided three.jsonl
is "--only prints several" "$(cut -f1 out | tr '\n' ' ')" "allow undecided "
exits 1 "--only allow,undecided: the status counts all"
run check --only invalid three.jsonl
is "--only may leave nothing" "$(cat out)" ""
run explain --only undecided three.jsonl
is "--only in explain" "$(grep -cE '^(allow|deny|undecided|invalid): ' out)" 1
usage "--only with another word" "'denied' is not allow" check --only denied three.jsonl
usage "--only with an empty word" "is not allow" check --only deny, three.jsonl

# --undecided
run check --undecided deny undecided.json
is "--undecided deny prints deny" "$(cut -f1,3,4 out)" "deny	$mobile	missing: camera"
exits 1 "--undecided deny counts deny"
run check --undecided=deny --only deny -f jsonl undecided.json
has out '"verdict":"deny"' "--undecided deny in jsonl"
has out '"missing":["camera"]' "--undecided deny keeps the reasons"
run check --undecided deny --summary undecided.json
has err "1 deny" "--undecided deny in the summary"
usage "--undecided with another word" "'allow' is not deny" check --undecided allow undecided.json

# --strict
echo '{"id": "x", "colour": "red", "uses": ["redaction"]}' >colour.json
run check colour.json
exits 0 "an unknown member gives a note"
has err "proviso: colour.json:1: note: /colour: unrecognised member" "the note is on standard error"
run check --as-of 2099-01-01 allow.json
is "a note on the whole request has no pointer" "$(cut -c 1-45 err)" \
	"proviso: allow.json:1: note: judged as of a d"
run check --strict colour.json
exits 2 "--strict: an unknown member is invalid"
is "--strict: the verdict" "$(cut -f1 out)" "invalid"
has out "/colour" "--strict: the member is named"

# --quiet
run check -q colour.json
is "--quiet silences notes" "$(cat err)" ""
is "--quiet does not silence verdicts" "$(cut -f1 out)" "allow"
run check --quiet missing.json
has err "No such file" "--quiet does not silence errors"

# --quote
echo '{"text": "The Chicago Police Department uses facial recognition on booking photographs."}' >text.json
run check -f jsonl text.json
lacks out '"quote"' "no words of the text without --quote"
run check -f jsonl --quote text.json
has out '"quote":"' "--quote shows the words in jsonl"
run check --quote text.json
has out '["' "--quote shows the words in text"
run check text.json
lacks out '["' "no words in text without --quote"
echo '{"text": "Denver Police does not use facial recognition on booking photographs."}' >denial.json
for format in text jsonl; do
	run explain -f $format text.json denial.json
	for words in '"facial recognition"' '"Police' 'Chicago' 'does not use' 'booking' '"quote"'; do
		lacks out "$words" "explain -f $format shows no words without --quote: $words"
	done
	run explain -f $format --quote text.json denial.json
	has out '"facial recognition"' "explain -f $format --quote shows the words"
	has out 'not' "explain -f $format --quote shows the words that deny"
done
run explain -t 'The Chicago Police Department uses facial recognition on booking photographs.'
has out '"facial recognition"' "explain --text shows the words"

# --summary
run check --summary three.jsonl allow.json
for line in "4 requests" "2 allow" "1 deny" "1 undecided" "0 invalid" "1 deny, 0 open: $us" \
	"0 deny, 1 open: $mobile"; do
	has err "$line" "--summary: $line"
done
is "--summary leaves standard output alone" "$(wc -l <out)" 4

# --max-record
run check --max-record 50 allow.json
exits 2 "--max-record: a longer request is invalid"
is "--max-record: one verdict" "$(cut -f1 out)" "invalid"
run check --max-record 1K allow.json
exits 0 "--max-record: with a suffix"
run check --max-record 200 three.jsonl
is "--max-record: each record by itself" "$(cut -f1 out | tr '\n' ' ')" "allow deny undecided "
for size in 0 -1 1T x '' 4G 99999999999999999999; do
	usage "--max-record '$size'" "is not a number of bytes above 0 and below 4G" check --max-record "$size" allow.json
done

# --allow-empty
run check --allow-empty
exits 0 "--allow-empty: empty standard input"
is "--allow-empty: prints nothing" "$(cat out err)" ""
printf '\n \n' >blank
run check --allow-empty blank deny.json
exits 1 "--allow-empty: the other requests count"

# --exit-zero
run check --exit-zero three.jsonl
exits 0 "--exit-zero: denied and undecided"
run check --exit-zero invalid.json
exits 2 "--exit-zero: invalid"
run explain --exit-zero missing.json
exits 2 "--exit-zero: a missing file"

# --jobs
for jobs in 1 2 7; do
	run check -j "$jobs" three.jsonl allow.json
	is "--jobs $jobs: the same output" "$(cut -f1 out | tr '\n' ' ')" "allow deny undecided allow "
done
usage "--jobs without a number" "--jobs: 'many' is not" check --jobs many allow.json
usage "--jobs 0" "--jobs: '0' is not" check --jobs 0 allow.json

# --color
escape=$(printf '\033')
run check deny.json
lacks out "$escape" "no colour in a pipe"
run check --color always deny.json
has out "${escape}[1;31mdeny$escape" "--color=always colours the verdict"
NO_COLOR=1 run check --color always deny.json
has out "$escape" "--color=always beats NO_COLOR"
TERM=xterm "$python" "$here/terminal.py" "$proviso" check deny.json >out
has out "$escape" "--color=auto on a terminal"
TERM=xterm NO_COLOR=1 "$python" "$here/terminal.py" "$proviso" check deny.json >out
lacks out "$escape" "NO_COLOR on a terminal"
TERM=dumb "$python" "$here/terminal.py" "$proviso" check deny.json >out
lacks out "$escape" "no colour on a dumb terminal"
TERM=xterm "$python" "$here/terminal.py" "$proviso" check --color never deny.json >out
lacks out "$escape" "--color=never on a terminal"
usage "--color with another word" "'sometimes' is not auto" check --color sometimes deny.json
finish
