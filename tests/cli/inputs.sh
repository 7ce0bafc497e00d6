#!/bin/sh
# Where requests come from: files, standard input, shapes. Bad ones: bad-input.sh.
. "$(dirname "$0")/tap.sh"

verdicts() {
	cut -f1 out | tr '\n' ' '
}

run check allow.json deny.json undecided.json
is "several files, in their order" "$(verdicts)" "allow deny undecided "
run_in check <three.jsonl
is "standard input" "$(verdicts)" "allow deny undecided "
run_in check - <deny.json
is "- is standard input" "$(verdicts)" "deny "
run_in check allow.json - undecided.json <deny.json
is "- among files" "$(verdicts)" "allow deny undecided "
jq -s . three.jsonl >array.json
run check array.json
is "an array of requests" "$(verdicts)" "allow deny undecided "
jq . three.jsonl >documents.json
run check documents.json
is "pretty-printed documents" "$(verdicts)" "allow deny undecided "
is "one document after the other, counted" \
	"$("$proviso" check -f jsonl documents.json | jq -c .n | tr '\n' ' ')" "1 2 3 "
tr -d '\n' <three.jsonl >joined.json
run check joined.json
is "documents without a line between" "$(verdicts)" "allow deny undecided "
printf '\357\273\277' | cat - three.jsonl | sed 's/$/\r/' >dos.jsonl
run check dos.jsonl
is "a byte order mark and CRLF" "$(verdicts)" "allow deny undecided "
printf '%s' "$(cat three.jsonl)" >open-end.jsonl
run check open-end.jsonl
is "no newline at the end" "$(verdicts)" "allow deny undecided "
cat three.jsonl three.jsonl >"file with spaces"
run check "file with spaces"
is "n starts anew in each file" \
	"$("$proviso" check -f jsonl three.jsonl deny.json | jq -c .n | tr '\n' ' ')" "1 2 3 1 "
mkfifo pipe
cat three.jsonl >pipe &
run check pipe
is "a named pipe" "$(verdicts)" "allow deny undecided "

# Memory is bounded: 100 MB of lines in 60 MB of address space
if (ulimit -v 60000 && "$proviso" --version >out 2>&1); then
	awk '{ line[NR] = $0 } END { for (i = 0; i < 250000; i++) for (j = 1; j <= NR; j++) print line[j] }' \
		three.jsonl >big.jsonl
	(
		ulimit -v 60000
		"$proviso" check --summary big.jsonl >out 2>err
	)
	has err "750000 requests" "a log of many records in little memory"
	# A reader that waits: verdicts are not piled up meanwhile (the last line is cut off: 2)
	yes '{"actor": {"kind": "vendor"}, "uses": ["redaction"], "camera": "fixed", "environment": "controlled"}' |
		head -c 30M >many.jsonl
	cat >held.py <<'END'
import subprocess, sys, time
command = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
def read(name):
    return open(f"/proc/{command.pid}/{name}").read()
before = None
while (used := read("stat").split()[13:15]) != before:
    before = used
    time.sleep(1)
print(int(read("status").partition("VmHWM:")[2].split()[0]) // 1024)
while command.stdout.read(65536):
    pass
sys.exit(command.wait())
END
	"$python" held.py "$proviso" check -f jsonl -q -j2 many.jsonl >out
	[ $? -eq 2 ] && [ "$(cat out)" -lt 40 ]
	result $? "a reader that waits is waited for in little memory ($(cat out) MB)"
else
	result 0 "a log of many records in little memory # SKIP a sanitizer needs more address space"
	result 0 "a reader that waits in little memory # SKIP a sanitizer needs more address space"
fi
finish
