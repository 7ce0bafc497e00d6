# Sourced by the tests of the command. `$1` of the test is the command's path.
# shellcheck shell=sh disable=SC2034 # the variables are for the tests

proviso=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=/usr/bin/python3
[ -x "$python" ] || python=python3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 99
number=0
failed=0
unset NO_COLOR POSIXLY_CORRECT
export LC_ALL=C

# result STATUS NAME: one line of TAP.
result() {
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		printf 'ok %d - %s\n' "$number" "$2"
	else
		printf 'not ok %d - %s\n' "$number" "$2"
		failed=1
	fi
}

# Runs the command; leaves `out`, `err` and `status` behind.
run() {
	status=0
	"$proviso" "$@" >out 2>err </dev/null || status=$?
}

# The same, with standard input from the test's own.
run_in() {
	status=0
	"$proviso" "$@" >out 2>err || status=$?
}

# is NAME GOT WANTED
is() {
	if [ "$2" = "$3" ]; then
		result 0 "$1"
	else
		result 1 "$1"
		printf '# got:    %s\n# wanted: %s\n' "$2" "$3"
	fi
}

# exits STATUS NAME: how the last run ended. A crash is never what is wanted.
exits() {
	is "$2" "$status" "$1"
	[ "$status" = "$1" ] || sed 's/^/# /' err
}

# has FILE TEXT NAME, lacks FILE TEXT NAME: a fixed text.
has() {
	if grep -qF -e "$2" "$1"; then
		result 0 "$3"
	else
		result 1 "$3"
		printf '# not in %s: %s\n' "$1" "$2"
		sed 's/^/# /' "$1"
	fi
}

lacks() {
	if grep -qF -e "$2" "$1"; then
		result 1 "$3"
		printf '# in %s: %s\n' "$1" "$2"
	else
		result 0 "$3"
	fi
}

# usage NAME TEXT ARGUMENT...: a usage error that says TEXT.
usage() {
	name=$1 text=$2
	shift 2
	run "$@"
	exits 2 "$name: exits 2"
	has err "$text" "$name: says so"
	has err "--help' for more information." "$name: says where to read more"
	is "$name: prints nothing" "$(cat out)" ""
}

finish() {
	echo "1..$number"
	exit "$failed"
}

# Requests with known verdicts, for tests of everything else.
cat >allow.json <<'END'
{"id": "a", "actor": {"kind": "police", "jurisdiction": "FR"}, "uses": ["redaction"], "camera": "fixed"}
END
cat >deny.json <<'END'
{"id": "d", "actor": {"kind": "police", "jurisdiction": "US-IL"}, "uses": ["facial-recognition"], "camera": "fixed"}
END
cat >undecided.json <<'END'
{"id": "u", "actor": {"kind": "police", "jurisdiction": "FR"}, "uses": ["facial-recognition"], "environment": "uncontrolled", "timing": "real-time"}
END
echo '{"id": "i", "id": 2}' >invalid.json
cat allow.json deny.json undecided.json >three.jsonl
us=azure-openai@2026-05-01/us-police-facial-recognition
mobile=azure-openai@2026-05-01/law-enforcement-mobile-real-time
