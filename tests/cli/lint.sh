#!/bin/sh
# What policy lint finds: every kind of problem has a file that has it and no
# other, and is described in one place.
. "$(dirname "$0")/tap.sh"

cases=$root/testdata/policies
# ids FILE: the kinds of problems that were printed.
ids() {
	sed -n 's/^[^[]*:[0-9]*:[0-9]*: \[\([a-z-]*\)\] .*/\1/p' "$1" | sort -u | tr '\n' ' '
}

run policy lint "$cases/clean.json"
exits 0 "a clean policy"
is "a clean policy: prints nothing" "$(cat out err)" ""

run policy lint --explain all
exits 0 "--explain all"
grep '^[a-z]' out >known
is "--explain all is in order, and no id stands twice" "$(cat known)" "$(sort -u known)"

ls "$cases"/*.json "$cases"/vocabulary/*.json | sed 's|.*/||; s|\.json$||' | grep -vx clean >tried
# Those that only a large file has.
cat >>tried <<'END'
class-many
pattern-long
too-complex
END
is "every kind of problem is tried" "$(sort -u tried)" "$(cat known)"

for file in "$cases"/*.json; do
	id=$(basename "$file" .json)
	[ "$id" != clean ] || continue
	run policy lint "$file"
	exits 1 "$id: exit status"
	is "$id: found, and nothing else" "$(ids out)" "$id "
	is "$id: nothing on standard error" "$(cat err)" ""
done
for file in "$cases"/vocabulary/*.json; do
	id=$(basename "$file" .json)
	run policy lint --vocabulary "$file" "$cases/clean.json"
	exits 1 "$id: exit status"
	is "$id: found, and nothing else" "$(ids out)" "$id "
done

# A revision is named by its clauses, too.
for member in policy clause 'revision|since'; do
	for name in '' all applicable a/b a,b a@b 'a\\tb'; do
		sed -E "s#\"($member)\": \"[^\"]*\"#\"\\1\": \"$name\"#g" "$cases/clean.json" >named.json
		run policy lint named.json
		is "$member: a name like \"$name\"" "$(ids out)" "name "
	done
done
# Tests that are written wrong.
cat >tests.json <<'END'
{"policy": "p", "source": "x", "reviewed": "2026-02-01",
 "revisions": [{"revision": "1", "published": "2026-01-15", "in_force": "2026-01-15"}],
 "clauses": [{"clause": "c", "confidence": "A", "since": "1", "when": {"use": "facial-recognition"}, "tests": [
  {"request": {"uses": ["facial-recognition"]}, "verdict": "deny"},
  {"request": {"uses": ["redaction"]}, "verdict": "allow", "why": "near", "as_of": "2026-01-16", "known_at": "2026-02-01"},
  {"request": [], "verdict": "invalid"},
  {"request": {"uses": ["redaction"]}, "verdict": "maybe"},
  {"request": {"uses": ["redaction"]}},
  {"verdict": "allow"},
  {"request": [], "verdict": "allow"},
  {"request": {"uses": ["redaction"]}, "verdict": "allow", "as_of": "soon"},
  {"request": {"uses": ["redaction"]}, "verdict": "allow", "asof": "2026-01-16"},
  "deny"]}]}
END
run policy lint ./tests.json
exits 1 "tests that are written wrong: exit status"
is "tests that are written wrong: each one" "$(cat out)" \
	'./tests.json:7:51: [shape] "maybe" is none of allow, deny, undecided, invalid
./tests.json:8:3: [missing-member] "verdict" is missing
./tests.json:9:3: [missing-member] "request" is missing
./tests.json:10:15: [shape] the request is not an object
./tests.json:11:69: [date] "soon" is not a day of the form YYYY-MM-DD
./tests.json:12:68: [unknown-member] unknown member "asof"
./tests.json:13:3: [shape] a test is not an object'
run check -p ./tests.json allow.json
exits 0 "tests that are written wrong: the policy is used nevertheless"

"$python" - "$cases/clean.json" <<'END'
import copy, json, sys

# So many pigeons do not fit into so few holes, which only trying can tell.
PIGEONS, HOLES = 10, 9
clean = json.load(open(sys.argv[1]))
name = "p{}-h{}".format
values = [{"value": name(p, h), "label": name(p, h)} for p in range(PIGEONS) for h in range(HOLES)]
json.dump({"axes": [{"axis": "place", "label": "place", "holds": "many", "unstated": "unknown",
                     "values": values}]}, open("many.json", "w"))
at = lambda p, h: {"place": name(p, h)}
clean["clauses"][0]["when"] = {"all":
    [{"any": [at(p, h) for h in range(HOLES)]} for p in range(PIGEONS)] +
    [{"not": {"all": [at(p, h), at(q, h)]}}
     for h in range(HOLES) for p in range(PIGEONS) for q in range(p)]}
json.dump(clean, open("complex.json", "w"))
clean["clauses"][0]["when"] = {"any": [{"party": {"kind": "police", "jurisdiction": "US"}},
                                       {"use": "tracking"}] * 10000}
json.dump(clean, open("branches.json", "w"))
say = " ".join(["(face finder|face)?"] * 3000)
json.dump({"patterns": [{"id": "test-long", "say": say, "tells": "use=tracking"}]},
          open("long.json", "w"))
END
run policy lint --vocabulary many.json ./complex.json
exits 1 "too-complex: exit status"
has out "[too-complex]" "too-complex: found"
status=0
timeout 10 "$proviso" policy lint ./branches.json >out 2>err || status=$?
exits 1 "20,000 branches: in no time"
is "20,000 branches: too complex" "$(ids out)" "too-complex "
run policy lint --vocabulary long.json "$cases/clean.json"
is "pattern-long: found" "$(ids out)" "pattern-long "

# A kind of problem that the sources name is in the list.
"$python" - "$root/lib" >used <<'END'
import glob, re, sys

for path in glob.glob(sys.argv[1] + "/**/*.c", recursive=True):
    text = open(path, encoding="utf-8").read()
    for found in re.findall(r'(?:problem(?:_of)?|fail)\((?:[^";]|member_or\([^)]*\))*?"([a-z0-9-]+)",'
                            r'|\.id = "([a-z-]+)"', text):
        print("".join(found))
END
is "no problem is reported that is not listed" "$(sort -u used | comm -23 - known)" ""
is "none is listed that cannot be reported" "$(sort -u used | comm -13 - known)" ""

# The manual lists the same, in the same words.
awk '/^\.Sh PROBLEMS/ {on = 1} /^\.Sh / && !/PROBLEMS/ {on = 0}
	on && /^\.It Cm / {print $3; getline; print "  " $0}' "$root/man/proviso-policy.5" >manual
run policy lint --explain all
awk '/^[a-z]/ {print; getline; print}' out >list
is "the manual lists them all" "$(cat manual)" "$(cat list)"

run policy lint --explain fail-open
exits 0 "--explain ID"
is "--explain ID: that one" "$(grep -c '^[a-z]' out)" 1
usage "--explain of nothing" "no problem has the id 'no-such'" policy lint --explain no-such

cat >both.json <<'END'
{"policy": "p", "source": "x", "reviewed": "2026-02-01",
 "revisions": [{"revision": "1", "published": "2026-01-15", "in_force": "2026-01-01"}],
 "clauses": [{"clause": "c", "confidence": "A", "since": "1", "when": {"use": "nothing"}}]}
END
run policy lint ./both.json ./missing.json
exits 2 "a file that is not there"
has err "missing.json" "a file that is not there: named"
run policy lint ./both.json "$cases/clean.json"
is "all problems at once, by place" "$(cat out)" "./both.json:2:73: [contradiction] in force before it is published
./both.json:3:14: [without-tests] clause \"c\" has no test with deny and none with allow
./both.json:3:79: [unknown-value] no value \"nothing\" on axis \"use\""
run policy lint -p "$cases/json.json" "$cases/date.json"
is "-p and operands" "$(ids out)" "date json "
run policy lint no-such-policy
exits 2 "a policy that is not there"
run policy lint -p all
exits 0 "every built-in policy is clean"
is "every built-in policy is clean: prints nothing" "$(cat out err)" ""
run policy lint
exits 0 "all built-in policies by default"
finish
