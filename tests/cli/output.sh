#!/bin/sh
# Output that cannot be written, and output that comes at once.
. "$(dirname "$0")/tap.sh"

for arguments in "check deny.json" "check -f jsonl deny.json" "explain deny.json" "policy list" \
	"policy show azure-openai" "--help" "check --help" "--version"; do
	status=0
	# shellcheck disable=SC2086 # words
	"$proviso" $arguments >/dev/full 2>err || status=$?
	exits 2 "$arguments: a full disk"
	has err "proviso: standard output: No space left on device" "$arguments: says so"
	status=0
	# shellcheck disable=SC2086
	"$proviso" $arguments >&- 2>err || status=$?
	exits 2 "$arguments: closed standard output"
	has err "proviso: standard output: " "$arguments: says that, too"
done
yes "$(cat deny.json)" | head -5000 >many.jsonl
status=0
"$proviso" check many.jsonl >/dev/full 2>err || status=$?
exits 2 "a full disk in the middle"
is "is reported once" "$(wc -l <err)" 1
status=0
yes "$(cat deny.json)" | timeout 20 "$proviso" check -j2 >/dev/full 2>err || status=$?
exits 2 "a full disk ends it though the input has no end"

# A reader that goes away
cat >pipe.py <<'END'
import signal, subprocess, sys
quiet = sys.argv[1] == "ignore"
def prepare():
    signal.signal(signal.SIGPIPE, signal.SIG_IGN if quiet else signal.SIG_DFL)
command = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           preexec_fn=prepare)
command.stdout.read(1)
command.stdout.close()
error = command.stderr.read().decode()
print(command.wait(), error)
END
is "a closed pipe ends it by SIGPIPE" "$("$python" pipe.py default "$proviso" check many.jsonl)" "-13 "
is "or, where that is ignored, with 2 and no message" \
	"$("$python" pipe.py ignore "$proviso" check many.jsonl)" "2 "
status=0
"$proviso" check many.jsonl | head -1 >out || status=$?
is "head takes what it wants" "$(cut -f1 out)" deny

# A verdict comes as soon as its request has been read
cat >slow.py <<'END'
import os, select, subprocess, sys
command = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
line = open("deny.json", "rb").read()
for turn in range(3):
    command.stdin.write(line)
    ready, _, _ = select.select([command.stdout], [], [], 10)
    if not ready:
        sys.exit(f"no verdict for request {turn + 1}")
    text = os.read(command.stdout.fileno(), 65536)
    if text.count(b"\n") != 1:
        sys.exit(f"{text!r}")
command.stdin.close()
sys.exit(command.wait() != 1)
END
for format in text jsonl; do
	"$python" slow.py "$proviso" check -f "$format" 2>err
	is "$format: each verdict comes before the next request" "$?" 0
done

# Nothing is lost or doubled around the size of the buffer
run check many.jsonl
is "5000 verdicts" "$(sort out | uniq -c | sed 's/^ *//')" "5000 $(sed -n 1p out)"
status=0
"$proviso" check deny.json missing.json 2>&- >out || status=$?
exits 2 "closed standard error"
is "closed standard error does not disturb verdicts" "$(cut -f1 out)" deny
status=0
"$proviso" check <&- >out 2>err || status=$?
exits 2 "closed standard input"
has err "proviso: -: Bad file descriptor" "closed standard input: says so"
finish
