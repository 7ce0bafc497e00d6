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

"$proviso" check -q -j4 records >four
cmp -s out four
result $? "and four threads say the same"

# A long text is read in windows: the memory for one does not grow with it, and it says what
# a short one says
cat >peak.py <<'END'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
long() {
	"$python" - "$@" <<'END'
import json, sys
kind, length = sys.argv[1], int(sys.argv[2])
filler = "The tide tables lie in the green folder by the door. "
asked = "The police of Tulsa match faces live on body cameras on the street. "

def fill(unit, share=1):
    return unit * int(length * share / len(unit.encode()))

def turns(first, role):
    first = {"role": role, "content": first + fill(filler, .2)}
    others = [{"role": "user", "content": fill(filler, .1)} for i in range(8)]
    others[-1]["content"] += "Match faces with our files."
    return {"messages": [first] + others}

kinds = {
    "words": asked + fill("Match the face of suspect number seven for the police in Tulsa. "),
    "sentence": asked + fill("face police match dash camera and then "),
    "word": asked + fill("a"),
    "letters": asked + fill("a "),
    "foreign": asked + fill("\u0416"),
    "marks": asked + fill("\u3002"),
    "lines": asked + fill("a\n\n"),
    "end": fill(filler) + asked,
}
request = {"chat": turns("We work for the police of Tulsa. ", "user"),
           "heading": turns("You help the police of Tulsa. ", "system")}.get(kind)
if kind == "name":
    request = {"actor": {"name": fill("Tulsa Police Department ")}, "uses": ["facial-recognition"]}
elif request is None:
    request = {"description": kinds[kind]}
request["id"] = kind
print(json.dumps(request, ensure_ascii=False))
END
}
for kind in words sentence word letters foreign marks lines end chat heading name; do
	long "$kind" 3000 >short
	long "$kind" 3000000 >record
	"$proviso" check -q short >wanted
	peak=$("$python" peak.py "$proviso" check -q -j2 record)
	is "3 MB of $kind: less than 56 MB" "$((peak < 56000 ? 0 : peak))" 0
	"$proviso" check -q -j2 record >out
	is "3 MB of $kind: as 3 kB" "$(cat out)" "$(cat wanted)"
	cat record >>long.jsonl
done
for jobs in 1 2 7; do
	"$proviso" check -q -f jsonl -j "$jobs" long.jsonl >"out$jobs"
done
cmp -s out1 out2 && cmp -s out1 out7
result $? "one, two and seven threads say the same of all of them"

# An explanation agrees with the verdict, and what it quotes is where it says
for kind in sentence end chat heading; do
	long "$kind" 300000 >record
	"$proviso" check -q -f jsonl record | jq '{verdict, clauses, open}' >wanted
	"$proviso" explain -q --quote -f jsonl record >explained
	jq '{verdict, clauses, open}' explained | jq 'del(.. | .quote?)' | cmp -s - wanted
	result $? "300 kB of $kind: explained as it is judged"
done
long end 300000 >record
"$proviso" explain -q --quote -f jsonl record >explained
"$python" - record explained >out 2>err <<'END'
import json, sys
text = json.load(open(sys.argv[1]))["description"].encode()
for fact in json.load(open(sys.argv[2]))["clauses"][0]["because"]:
    start, end = fact["range"]
    print(start > 290000, text[start:end].decode() == fact["quote"])
END
is "evidence at the end of a long text" "$(sort -u out | cat - err)" "True True"

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
