#!/bin/sh
# What two texts judge differently: by the facts, and on requests.
. "$(dirname "$0")/tap.sh"

run diff -p azure-openai --from 2024-05-01 --to 2024-05-03
exits 1 "the correction of May 2024"
is "it lets everything through but facial recognition, and bars that on mobile cameras elsewhere" \
	"$(grep -v '^	' out)" \
	"deny -> allow: party: a state or local police force, the United States; use: not facial recognition
allow -> deny: party: a law enforcement body; use: facial recognition; kind of camera: a mobile camera; surroundings: uncontrolled surroundings, in the wild; time of processing: in real time; no party: a state or local police force, the United States"
cp out correction
run diff --from azure-openai@2024-05-01 --to azure-openai@2024-05-03
is "the same by revisions" "$(cat out)" "$(cat correction)"
run diff --from 2024-05-03 --to 2024-05-01
is "the same the other way round" "$(sed -n 's/ -> .*//p' out | sort | tr '\n' ' ')" "allow deny "

# as_of DAY FILE: verdicts as somebody judged on that day.
as_of() {
	run check --as-of "$1" --known-at "$1" "$2"
	cut -f1 out | tr '\n' ' '
}
sed -n 's/^	//p' correction >requests
is "the examples, before" "$(as_of 2024-05-01 requests)" "deny allow "
is "the examples, after" "$(as_of 2024-05-03 requests)" "allow deny "

run diff --from azure-openai@2024-05-03 --to azure-openai
exits 0 "nothing changed in 2026"
is "nothing changed: prints nothing" "$(cat out err)" ""
run diff --from azure-openai@2024-05-03 --to azure-openai allow.json deny.json undecided.json
exits 0 "nothing changed on requests"
is "nothing changed on requests: counts" "$(cat out)" "3 requests, 0 different"

# policy NAME WHEN [MORE]
policy() {
	cat >"$1.json" <<END
{"policy": "$1", "reviewed": "2026-03-02",
 "revisions": [{"revision": "1", "published": "2026-01-15", "in_force": "2026-02-01"}],
 "clauses": [{"clause": "c", "since": "1", "when": $2}$3]}
END
}
police='{"party": {"kind": "police"}}'
policy one "{\"all\": [$police, {\"camera\": \"mobile\"}]}"
policy two "{\"all\": [$police, {\"camera\": \"mobile\", \"unstated\": \"false\"}]}"
run diff --from ./one.json --to ./two.json
exits 1 "silence"
is "what differs by silence alone" "$(grep -v '^	' out)" \
	"undecided -> allow: party: a state or local police force; kind of camera: not told whether a mobile camera"
policy three "{\"any\": [{\"all\": [{\"camera\": \"mobile\"}, $police]}, {\"all\": [$police, {\"camera\": \"body-worn\"}]}]}"
run diff --from ./one.json --to ./three.json
exits 0 "the same in other words"
policy four "{\"camera\": \"mobile\"}" ", {\"clause\": \"d\", \"since\": \"1\", \"when\": {\"use\": \"tracking\"}}"
policy five "{\"camera\": [\"mobile\", \"fixed\"]}" ", {\"clause\": \"d\", \"since\": \"1\", \"when\": {\"use\": \"tracking\"}}"
run diff --from ./four.json --to ./five.json
is "a clause on other facts only stands aside" "$(grep -v '^	' out)" \
	"allow -> deny: kind of camera: a fixed camera (unless another clause prohibits it)"

policy six '{"use": "tracking"}'
policy seven '{"any": [{"use": "tracking"}, {"all": [{"camera": "fixed"}, {"any": [{"use": "redaction"},
 {"use": "transcription"}, {"use": "social-scoring"}]}]}]}'
run diff --from ./six.json --to ./seven.json
is "values of one axis that make the same difference are one line" "$(grep -v '^	' out)" \
	"allow -> deny: use: blurring or redacting or transcribing speech or social scoring; kind of camera: a fixed camera (unless another clause prohibits it)"
policy eight '{"all": [{"party": {"kind": ["school", "hospital"]}}, {"use": "tracking"}]}'
policy nine '{"all": [{"party": {"kind": "school"}}, {"use": "tracking"}]}'
run diff --from ./eight.json --to ./nine.json
has out '	{"actor":[{"kind":{"hospital":true,"school":false}}],"use":["tracking"]}' \
	"the example has the value of a list that makes the difference"

# Every clause that differs has its lines, and few of them.
run diff --from eu-ai-act@2025-02-02 --to eu-ai-act@2026-12-02
exits 1 "a new text of a large policy"
is "a new text of a large policy: nothing is left out" "$(cat err)" ""
has out "use: making or altering intimate pictures of a real person" "its first new clause"
has out "use: material of child sexual abuse" "its second new clause"
is "a new text of a large policy: lines" "$(grep -vc '^	' out | awk '{print ($1 < 30)}')" 1

cat >log.jsonl <<'END'
{"id": "a", "actor": {"kind": "police", "jurisdiction": "US"}, "uses": ["summarisation"]}
{"id": "b", "actor": {"kind": "police", "jurisdiction": "US"}, "uses": ["facial-recognition"]}
{"id": "c", "actor": {"kind": "police", "jurisdiction": "FR"}, "uses": ["summarisation"]}
{"actor": {"kind": "police"}, "uses": ["summarisation"]}
END
run diff --from 2024-05-01 --to 2024-05-03 log.jsonl
exits 1 "requests"
is "requests: a line each, and counts" "$(cat out)" \
	"a	deny azure-openai@2024-05-01/us-police-any-use	allow
b	deny azure-openai@2024-05-01/us-police-any-use	deny azure-openai@2024-05-03/us-police-facial-recognition
log.jsonl:4	undecided azure-openai@2024-05-01/us-police-any-use	allow
4 requests, 3 different: 1 deny -> allow, 1 deny -> deny, 1 undecided -> allow"
status=0
"$proviso" diff --from 2024-05-01 --to 2024-05-03 - <log.jsonl >out 2>err || status=$?
is "standard input" "$(grep -c '' out)" 4
has out "-:4	undecided" "standard input: named -"
run diff --from 2024-05-01 --to 2024-05-03 invalid.json
exits 2 "an invalid request"
run diff --from 2024-05-01 --to 2024-05-03 missing.json
exits 2 "a file that is not there"
run diff --from ./one.json --to ./four.json deny.json
is "another policy's clause of another name is no change" "$(tail -n 1 out | cut -d' ' -f1-4)" \
	"1 request, 0 different"

# A log of several pieces, which are of 256 KiB: of lines, and as an array with each on its line
"$python" - log.jsonl <<'END'
import sys
lines = open(sys.argv[1]).read().splitlines()
wrong = ['{"id": "i", "id": 2}', '{"text": 1}']
records = []
for i in range(8000):
    record = lines[i % 4][:-1] + ', "text": "' + "x" * (i % 1000) + '"}'
    records.append(wrong[i % 2] if i % 7 == 0 else record)
open("lines", "w").write("\n".join(records) + "\n")
open("array", "w").write("[" + ",\n".join(records) + "]\n")
END
gzip -c lines >packed
correction="--from 2024-05-01 --to 2024-05-03"
# shellcheck disable=SC2086 # words
run_in diff $correction -j1 - <lines
exits 2 "a long log with invalid requests"
is "a long log: all of it is judged" "$(tail -n 1 out | cut -d, -f1), $(wc -l <err)" \
	"8000 requests, 1143"
mv out wanted
mv err wanted.err
for jobs in 1 2 7; do
	for log in lines array packed; do
		# shellcheck disable=SC2086
		run_in diff $correction -j$jobs - <$log
		exits 2 "-j$jobs, $log: exit status"
		cmp -s out wanted && cmp -s err wanted.err
		result $? "-j$jobs, $log: the lines and messages of one thread"
		# shellcheck disable=SC2086
		cat $log | "$proviso" diff $correction -j$jobs - >out 2>err
		cmp -s out wanted && cmp -s err wanted.err
		result $? "-j$jobs, $log: the same through a pipe"
	done
done
cat >tasks.py <<'END'
import os, subprocess, sys
command = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
command.stdin.write(open("lines", "rb").read())
print(len(os.listdir(f"/proc/{command.pid}/task")))
command.stdin.close()
command.wait()
END
# shellcheck disable=SC2086
[ "$("$python" tasks.py "$proviso" diff $correction -j3 -)" -ge 3 ]
result $? "-j3: three threads do it"

usage "neither side" "say with --from or --to" diff
run diff --from azure-openai@2024-05-02x
exits 2 "a revision that is not there"
has err "azure-openai has no revision '2024-05-02x'" "a revision that is not there: named"
run diff --from 2024-04-30
exits 2 "a day without a text"
has err "azure-openai has no text for that day" "a day without a text: named"
run diff --from no-such-policy
exits 2 "a policy that is not there"
finish
