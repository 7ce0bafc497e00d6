#!/bin/sh
# One record with thousands of everything: what it tells does not drown, and it takes
# memory in proportion. Where time or memory grew with the square of a number, these
# numbers would not end.
. "$(dirname "$0")/tap.sh"

make() {
	"$python" - "$@" <<'END'
import json, sys
kind, count = sys.argv[1], int(sys.argv[2])
numbers = range(count)
if kind == "parties":
    request = {"actor": [{"name": f"Acme {i}", "kind": "vendor", "jurisdiction": "DE"}
                         for i in numbers],
               "on_behalf_of": [{"name": f"Dept {i}", "kind": "police"} for i in numbers],
               "uses": ["facial-recognition"]}
elif kind == "names":
    request = {"actor": [f"Springfield {i} Police Department" for i in numbers],
               "uses": ["facial-recognition"]}
elif kind == "places":
    request = {"jurisdiction": ["DE", "US"] * count, "uses": ["facial-recognition"] * count,
               "actor": [{"kind": "police"} for i in numbers]}
elif kind == "turns":
    request = {"on_behalf_of": [{"name": f"Dept {i} Police", "kind": "police"} for i in numbers],
               "messages": [{"role": "user", "content": f"Dept {i} Police wants to match faces."}
                            for i in numbers]}
elif kind == "chat":
    turns = ["We match faces live.", "Our police department asks.", "It runs on body cameras.",
             "Chicago police search mugshots.", "Nobody scores people.", "Emotions are read at work."]
    request = {"messages": [{"role": "user", "content": turns[i * i % 6] + " " + turns[i % 5]}
                            for i in numbers]}
elif kind == "mentions":
    request = {"description": "After " + "the novel about police face recognition " * count}
elif kind == "text":
    request = {"description": " ".join(
        f"The police department of Tulsa wants to match faces of suspect number {i} live."
        for i in numbers)}
request["id"] = kind
print(json.dumps(request))
END
}

# judged NAME VERDICT STATUS COUNT: by both verbs, with memory for some times the record.
judged() {
	make "$1" "$4" >record
	times=40
	for verb in check explain; do
		limit=$((100000 + $(wc -c <record) * times / 1024))
		times=100
		(
			ulimit -v "$limit"
			exec "$proviso" "$verb" -q -j1 -f jsonl record
		) >out 2>err
		is "$verb: $4 of $1: exit status" "$?" "$3"
		is "$verb: $4 of $1" "$(jq -r .verdict out)$(head -c 200 err)" "$2"
	done
}

if ! (ulimit -v 100000 && "$proviso" --version >out 2>&1); then
	result 0 "large records # SKIP a sanitizer needs more address space"
	finish
fi
judged parties undecided 3 20000
judged names deny 1 20000
judged places deny 1 20000
judged turns undecided 3 20000
judged chat undecided 3 20000
judged mentions allow 0 60000
judged text deny 1 20000

# One after another takes no more than one
for i in 1 2 3 4 5 6; do cat record; done >records
(
	ulimit -v "$((100000 + $(wc -c <record) * 40 / 1024))"
	exec "$proviso" check -q -j1 records
) >out 2>err
is "six of them: exit status" "$?" 1
is "six of them" "$(cut -f 1 out | sort | uniq -c | tr -s ' ')" " 6 deny"

# Several threads take turns
cat >peak.py <<'END'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
one=$("$python" peak.py "$proviso" check -q -j1 records)
four=$("$python" peak.py "$proviso" check -q -j4 records)
is "four threads take less than twice the memory of one" "$((four < 2 * one))" 1
"$proviso" check -q -j4 records >four
cmp -s out four
result $? "and say the same"

# More places than a request can be about leave its place open
"$python" -c 'import json
states = """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH
NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY""".split()
others = "FR DE GB IT ES PT NL BE AT CH SE NO DK FI PL CZ".split()
print(json.dumps({"id": "p", "actor": {"kind": "police"}, "uses": ["facial-recognition"],
                  "jurisdiction": ["US-" + state for state in states] + others}))' >places
run check -q places
is "66 places: the place is questioned" "$(cut -f 1,4 out)" \
	"undecided	missing: camera, environment, timing; questioned: party.jurisdiction"
finish
