#!/bin/sh
# What policy test proves, and what it says where the tests prove too little.
. "$(dirname "$0")/tap.sh"

# The policy of the manual, as somebody would copy it from there.
awk '/^\.Sh ADDING A RULE/ {on = 1} on && /^\.Ed/ {exit} text {print}
	on && /^\.Bd -literal/ {text = 1}' "$root/man/proviso-policy.5" >rules.json
run policy lint rules.json
exits 0 "the manual's policy: lint"
is "the manual's policy: nothing to say" "$(cat out err)" ""
run policy test rules.json
exits 0 "the manual's policy: test"
is "the manual's policy: everything is noticed" "$(tail -n 1 out)" \
	"6 tests, 0 failed; 2 atoms, 2 shown, 0 settled by the rest; 10 changes, 10 noticed, 0 the same"
has out "party kind=school      TFTTTT  1 and 2" "the table: the party"
has out "use=emotion-inference  TTFTTT  1 and 3" "the table: the use"
has out "verdict                DAADUU" "the table: the verdicts"

# edit NAME OLD NEW: the manual's policy with a change.
edit() {
	"$python" - "$1" "$2" "$3" <<'END'
import sys

text = open("rules.json").read()
name, old, new = sys.argv[1:]
assert text.count(old) >= 1, old
open(name, "w").write(text.replace(old, new, 1))
END
	run policy test "$1"
}

edit wrong.json '"verdict": "deny"' '"verdict": "allow"'
exits 1 "a wrong test"
has out "wrong.json:18:5: deny instead of allow: a school watches for boredom" "a wrong test: named"
has out "6 tests, 1 failed" "a wrong test: counted"

edit gap.json '"business"' '"school"'
exits 1 "a near miss too few"
has out "no two tests show that this matters: party kind=school" "a near miss too few: the atom"
has out "no test notices: party kind=school left out" "a near miss too few: the change"
has out 'one with this would: {"use":["emotion-inference"]}' "a near miss too few: what would show it"

edit twice.json '{"use": "emotion-inference"}]' \
	'{"use": "emotion-inference"}, {"use": ["emotion-inference", "tracking"]}]'
has out "the same: use=emotion-inference|tracking left out (use=emotion-inference implies it)" \
	"an atom that another implies"

edit list.json '"kind": "school"' '"kind": ["school", "hospital"]'
has out "no test notices: party.kind=hospital left out" "a value of a list that no test has"
has out 'one with this would: {"actor":[{"kind":{"hospital":true,"school":false}}],"use":["emotion-inference"]}' \
	"a value of a list that no test has: what would show it"

edit late.json '"as_of": "2026-01-31"' '"as_of": "2026-01-30"'
exits 1 "a day that no test is close to"
has out "no test notices: revision first: in force a day earlier" "a day too far: named"
has out '"as_of":"2026-01-31"' "a day too far: which one would show it"

edit bad.json '"as_of": "2026-01-31"' '"as_of": "soon"'
exits 1 "a test that cannot be run"
has out '"soon" is not a day of the form YYYY-MM-DD' "a test that cannot be run: why"
has out "verdict                DAAD-U" "a test that cannot be run: has no verdict"

edit asof.json '"as_of": "2026-01-31"' '"asof": "2026-01-31"'
exits 1 "a test with a member that means nothing"
has out 'unknown member "asof"' "a test with a member that means nothing: which"

edit open.json '{"use": "emotion-inference"}]' \
	'{"use": "emotion-inference"}, {"consent": "false", "unstated": "false"}]'
has out "consent=false (unstated is false)" "what silence means is shown"
has out "14 changes" "what silence means is changed, too"

cat >except.json <<'END'
{"policy": "p", "source": "x", "reviewed": "2026-03-02",
 "revisions": [{"revision": "1", "published": "2026-01-15", "in_force": "2026-02-01"},
               {"revision": "2", "published": "2026-02-15", "in_force": "2026-02-20"}],
 "clauses": [{"clause": "c", "confidence": "A", "since": "1", "until": "2",
   "when": {"use": "facial-recognition"},
   "except": [{"ground": {"use": "redaction"},
               "conditions": [{"any": [{"camera": "fixed"}, {"timing": "retrospective"}]}]}],
   "tests": [{"request": {"uses": ["facial-recognition"]}, "as_of": "2026-02-10", "verdict": "deny"}]}]}
END
run policy test ./except.json
for change in "exception 1 left out" "condition 1 of exception 1 left out" "use=redaction changed to" \
	"camera=fixed left out" "camera=fixed negated" "timing=retrospective changed to" \
	"use=facial-recognition changed to biometric-identification" "since a later revision" \
	"until a later revision" "revision 2: published a day earlier"; do
	case $change in
	"since a later"*) lacks out "$change" "noticed: $change" ;;
	*) has out "no test notices: $change" "not noticed: $change" ;;
	esac
done

sed 's/{"ground": {"use": "redaction"}/{"ground": {"consent": "true", "unstated": "unknown"}/' \
	except.json >ground.json
run policy test ./ground.json
lacks out 'the same: consent=true (unstated is unknown): "unstated" left out' \
	"silence in a ground is nobody's claim, whatever it means elsewhere"

# Whatever a line says would notice a change does.
run policy test ./except.json
sed -n 's/^  one with this would: //p' out >requests
is "there is a request for each change of the condition" "$(test -s requests; echo $?)" 0
run check -p ./except.json --as-of 2026-02-10 requests
is "each of them can be judged" "$(grep -c '^invalid' out)" 0

run policy test -p all
exits 0 "every built-in policy is proven"
has out "eu-ai-act/real-time-identification" "all of them are tested"
lacks out "no two tests show" "no atom of theirs is without its two tests"
lacks out "no test notices" "no change of theirs goes unnoticed"
run policy test -p azure-openai rules.json
has out "house-rules/no-emotions-at-school" "-p and operands"
has out "azure-openai/us-police-any-use" "-p and operands: both"
run policy test ./missing.json
exits 2 "a file that is not there"
run policy test rules.json >/dev/null
"$proviso" policy test rules.json >/dev/full 2>err
is "output that cannot be written" "$?" 2
finish
