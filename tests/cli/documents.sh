#!/bin/sh
# The documents say what the tool does.
. "$(dirname "$0")/tap.sh"

if command -v mandoc >/dev/null; then
	for page in "$root"/man/*.[1-9]; do
		# Whether the pages are installed is no fault of theirs.
		mandoc -Tlint "$page" 2>&1 |
			grep -v -e 'STYLE: referenced manual not found' -e 'outdated mandoc\.db' >lint
		is "$(basename "$page") is clean" "$(cat lint)" ""
	done
else
	result 0 "the manual pages are clean # SKIP mandoc is not installed"
fi

# Each option of the help is in the manual, and the other way round
for verb in check explain diff "policy list" "policy show" "policy lint" "policy test"; do
	# shellcheck disable=SC2086 # words
	"$proviso" $verb --help
done | grep -oE -e '--[a-z-]+' | sed 's/--//' | sort -u >helped
grep -oE '^\.It Fl .*' "$root/man/proviso.1" | grep -oE 'Fl -[a-z-]+|, -[a-z-]+' |
	sed 's/^[^-]*-//' | sort -u >manual
is "the manual has the options of --help" "$(cat manual)" "$(cat helped)"

# What the README shows is what comes out
is "the README has fewer than 100 lines" "$(wc -l <"$root/README.md" | awk '{print ($1 < 100)}')" 1
sed -n 's/^    \$ proviso \(.*\)$/\1/p' "$root/README.md" >commands
while read -r command; do
	awk -v wanted="    \$ proviso $command" '
		$0 == wanted { on = 1; next }
		on && /^    \$ / { exit }
		on && !/^    / { exit }
		on { print substr($0, 5) }' "$root/README.md" >wanted
	(cd "$root" && eval "\"$proviso\" $command") >out 2>&1
	is "README: proviso $command" "$(cat out)" "$(cat wanted)"
done <commands

# The examples of proviso-policy(5) load
awk '/^.Bd -literal/{on=1;next} /^.Ed/{on=0;n++} on && n==0{next} on{print > "example" n ".json"}' \
	"$root/man/proviso-policy.5"
for example in example*.json; do
	if grep -q '"policy"' "$example"; then
		run policy show "./$example"
		exits 0 "a policy of proviso-policy(5) loads"
	elif grep -q '"axes"' "$example"; then
		run check --vocabulary "./$example" allow.json
		exits 0 "a vocabulary of proviso-policy(5) loads"
	fi
done
finish
