#!/bin/sh
# The same bytes for any number of threads, however the input comes in; and at once.
. "$(dirname "$0")/tap.sh"

# A log with all verdicts, notes, blank lines, CRLF, long records and errors
"$python" - three.jsonl <<'END'
import random, sys
lines = open(sys.argv[1], "rb").read().splitlines()
lines += [b'{"uses": ["redaction"], "colour": 1, "text": "blur \xc3\xa9"}', b'{"id": tru}', b"", b"  ",
          b'{"text": "' + b"word " * 4000 + b'"}', b' {"id": 7, "text": "a"}\r', b"42",
          b'{"text": "' + b"x" * 30000 + b'"}']
rand = random.Random(1)
with open("log.jsonl", "wb") as out:
    for i in range(2000):
        out.write(lines[int(rand.random() ** 3 * len(lines))] + b"\n")
    out.write(lines[0])
END
cat >trickle.py <<'END'
import random, sys, time
data, rand, at = open(sys.argv[1], "rb").read(), random.Random(2), 0
while at < len(data):
    size = int(10 ** (rand.random() * 5.2))
    sys.stdout.buffer.write(data[at:at + size])
    sys.stdout.buffer.flush()
    at += size
END
jq . three.jsonl >documents.json
jq -s . three.jsonl >array.json
"$python" - log.jsonl <<'END'
import sys
lines = [line.strip() for line in open(sys.argv[1], "rb") if line.strip().endswith(b"}") and b"tru}" not in line]
open("long-array.json", "wb").write(b"[ " + b",\n  ".join(lines) + b"\n]\n")
lines.insert(len(lines) // 2, b'{"id": "open", "text": "a"')
open("broken-array.json", "wb").write(b"[\n" + b",\n".join(lines) + b"\n]\n")
open("values.json", "wb").write(b" ".join(lines[:len(lines) // 2]) + b"\n{\n}")
END
: >empty
inputs="three.jsonl log.jsonl documents.json missing.json long-array.json log.jsonl empty array.json
	broken-array.json values.json deny.json"
limit=--max-record=25000
correction="--from 2024-05-01 --to 2024-05-03"
for arguments in "check $limit" "check -f jsonl $limit" "explain $limit" "explain -f jsonl --quote $limit" \
	"check --summary --only deny,invalid $limit" "check $limit -q --undecided deny" \
	"diff $correction $limit"; do
	# shellcheck disable=SC2086 # words
	"$proviso" $arguments -j1 $inputs >one 2>one.err
	wanted=$?
	for jobs in 2 7; do
		# shellcheck disable=SC2086
		run $arguments -j$jobs $inputs
		exits $wanted "$arguments -j$jobs: exit status"
		cmp -s one out
		result $? "$arguments: -j$jobs prints what -j1 does"
		cmp -s one.err err
		result $? "$arguments: -j$jobs says what -j1 does"
	done
	for input in log.jsonl broken-array.json; do
		# shellcheck disable=SC2086
		"$proviso" $arguments -j1 $input 2>&1 | sed "s/$input/-/" >one
		for jobs in 1 2 7; do
			# shellcheck disable=SC2086
			"$python" trickle.py $input | "$proviso" $arguments -j$jobs - >out 2>&1
			cmp -s one out
			result $? "$arguments: -j$jobs prints the same of $input from a pipe, notes in their places"
		done
	done
done
"$proviso" check -f jsonl -j7 long-array.json | jq -c 'del(.n, .line, .file)' >out
jq -c '.[]' long-array.json | "$proviso" check -f jsonl | jq -c 'del(.n, .line, .file)' >lines
cmp -s lines out
result $? "-j7 judges the elements of an array as it does lines"
is "n and line count on through all parts" \
	"$("$proviso" check -j7 -f jsonl log.jsonl | jq -c '[.n, .line]' | tail -n 1)" \
	"[$(grep -c '[^[:space:]]' log.jsonl),$(($(wc -l <log.jsonl) + 1))]"
"$proviso" check -q -j7 log.jsonl | head -n 3 >out
is "a reader that goes away" "$(wc -l <out)" 3

# The line of each record comes at once, for any number of threads
cat >slow.py <<'END'
import os, select, subprocess, sys, time
command = subprocess.Popen(sys.argv[4:], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, bufsize=0)
record = open(sys.argv[3], "rb").read()
head = open(sys.argv[1], "rb").read()
def lines(count, limit):
    text = b""
    end = time.monotonic() + limit
    while text.count(b"\n") < count:
        if not select.select([command.stdout], [], [], max(0, end - time.monotonic()))[0]:
            sys.exit(f"{text.count(b'%c' % 10)} of {count} lines in time")
        text += os.read(command.stdout.fileno(), 65536)
command.stdin.write(head)
lines(int(sys.argv[2]), 60)
slowest = 0
for turn in range(20):
    count = turn % 3 + 1
    command.stdin.write(record * (count - 1) + record[:30])
    time.sleep(turn % 2 / 100)
    start = time.monotonic()
    command.stdin.write(record[30:])
    lines(count, 20)
    slowest = max(slowest, time.monotonic() - start)
command.stdin.close()
command.wait()
print("slow" if slowest > float(os.environ.get("LATENCY", "0.1")) else "at once", f"# {slowest:.3f} s")
END
grep '[^[:space:]]' log.jsonl | head -n 150 >head.jsonl
jq . deny.json >document.json
printf '{\n]\n' | cat - document.json >broken.json
for arguments in "check -q" "diff $correction"; do
	while read -r head record; do
		# shellcheck disable=SC2086
		count=$("$proviso" $arguments --max-record=25000 - <"$head" 2>err | grep -vc ' different')
		for jobs in 1 2 7; do
			# shellcheck disable=SC2086
			"$python" slow.py "$head" "$count" "$record" \
				"$proviso" $arguments --max-record=25000 -j$jobs - >out 2>&1
			is "$arguments -j$jobs: a line within 100 ms after $head" \
				"$(cut -d' ' -f1,2 out)" "at once"
		done
	done <<'END'
deny.json deny.json
head.jsonl deny.json
document.json document.json
broken.json document.json
END
done

# Threads that are not to be had: a stack would be larger than all memory
if (ulimit -s 4000000 && ulimit -v 3000000 && "$proviso" --version >out 2>&1); then
	"$proviso" check -f jsonl -q -j1 log.jsonl >one
	(
		ulimit -s 4000000
		ulimit -v 3000000
		"$proviso" check -f jsonl -q -j7 log.jsonl >out
	)
	cmp -s one out
	result $? "where no threads are to be had, the work is done without"
else
	result 0 "where no threads are to be had, the work is done without # SKIP no such limits here"
fi

usage "no threads" "--jobs: '0' is not a number of threads" check -j0 allow.json
usage "too many threads" "--jobs: '1000' is not" check -j 1000 allow.json
usage "threads by name" "--jobs: 'all' is not" check --jobs=all allow.json
finish
