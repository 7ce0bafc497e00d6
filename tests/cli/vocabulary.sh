#!/bin/sh
# A vocabulary file alone teaches new agencies, words, patterns, inferences and languages.
. "$(dirname "$0")/tap.sh"

cat >words.json <<'END_WORDS'
{"names": [{"id": "test-wardens", "kind": "party.kind=local-police",
            "place": "party.jurisdiction=US-OH", "say": ["Bramblewick Wardens"]}],
 "classes": {"portrait": ["phizog*"]},
 "patterns": [
  {"id": "test-visagram", "say": "visagram (lookup*|search*)", "tells": "use=identification"},
  {"id": "test-rendorseg", "say": "(rendorseg*|rendorok)", "tells": "party.kind=police"},
  {"id": "test-zank", "say": "(cannot zank|zank pic)", "tells": "use=identification"},
  {"id": "test-arcfelismeres", "say": "arcfelismeres*", "tells": "use=facial-recognition"},
  {"id": "test-zonk", "say": "zonk it", "tells": "use=redaction", "with": "consent=false"}],
 "context": [{"id": "test-nem", "say": "(nem|nelkul)", "does": "deny-after"}],
 "inferences": [{"id": "test-dash-is-outdoors", "given": ["camera=dash"],
                 "follows": "environment=uncontrolled"}]}
END_WORDS

# verdict OPTION...: of one request, without the file and with it.
verdict() {
	run check "$@"
	without=$(cut -f1 out)
	run check --vocabulary words.json "$@"
	echo "$without $(cut -f1 out)"
}

# facts SENTENCE: told of uses and of the first party, with the file.
facts() {
	run explain --vocabulary words.json -f jsonl -t "$1"
	"$python" - <<'END_FACTS'
import json

facts = json.load(open("out"))["facts"]
axes = [facts["axes"]] + [party["axes"] for party in facts["parties"]]
print(*sorted(f"{axis}={value}:{entry['truth']}" for table in axes for axis in table
              for value, entry in table[axis].items()
              if axis in ("use", "party.kind", "party.jurisdiction") and
              entry.get("evidence")), sep="\n")
END_FACTS
}

run policy lint --vocabulary words.json azure-openai
exits 0 "the file is clean"

is "a new agency, and where it is" \
	"$(verdict -t 'The Bramblewick Wardens use facial recognition.')" "allow deny"
is "its words alone are no agency" \
	"$(verdict -t 'The wardens of a park use facial recognition.')" "allow allow"
is "a use beside the condition that it goes with" \
	"$(facts 'We zonk it without their consent.' | grep redaction)" "use=redaction:true"
is "or beside one that is left open" \
	"$(facts 'We zonk it. Whether they consented is not known.' | grep redaction)" \
	"use=redaction:true"
is "but not where the condition is answered otherwise, or not spoken of" \
	"$(facts 'We zonk it. They all consented.' | grep redaction
	facts 'We zonk it.' | grep redaction)" ""
is "a new word of a class" \
	"$(verdict -t 'Chicago police match each stranger to a phizog.')" "allow deny"
is "a new pattern" "$(verdict -t 'Chicago police want a visagram lookup.')" "allow deny"
is "a short form in a pattern is met where text has it" \
	"$(verdict -t 'Chicago police want a zank pic.')" "allow deny"
is "whatever else it stands for" "$(verdict -t 'Chicago police want a pic of a zank.')" "allow allow"
is "a new pattern can be denied" \
	"$(verdict -t 'Chicago police want no visagram lookup.')" "allow allow"

is "a new inference, from text" \
	"$(verdict -t 'The Bavarian police run facial recognition in real time on a dash camera.')" \
	"undecided deny"
echo '{"actor": {"kind": "police", "jurisdiction": "FR"}, "uses": ["facial-recognition"],
"camera": "dash", "timing": "real-time"}' >dash.json
is "a new inference, from declared facts" "$(verdict dash.json)" "undecided deny"

is "words of another language" \
	"$(verdict -t 'A Chicago rendőrség arcfelismerést használ.')" "allow deny"
is "whatever their case and form" \
	"$(verdict -t "$(printf 'A CHICAGO RENDO\314\213RSE\314\201G ARCFELISMERE\314\201ST HASZNA\314\201L.')")" \
	"allow deny"
is "its negation" \
	"$(verdict -t 'A Chicago rendőrség nem használ arcfelismerést.')" "allow allow"
facts 'A Chicago rendőrség arcfelismerést használ.' >told
has told "use=facial-recognition:true" "its use, as a fact"
has told "party.kind=police:true" "its police, as a fact"
facts 'A Chicago rendőrség nem használ arcfelismerést.' >told
has told "use=facial-recognition:false" "what it denies, as a fact"
run explain --vocabulary words.json -t 'A Chicago rendőrség nem használ arcfelismerést.'
has out 'denied by "nem"' "explain names the trigger as it was written"
has out '[test-nem]' "and its id"
cat >twice.json <<'END_TWICE'
{"patterns": [
 {"id": "test-zork", "say": "zork zank", "tells": "use=redaction"},
 {"id": "test-zork", "say": "zink zank", "tells": "use=redaction"},
 {"id": "iphone", "say": "zunk zank", "tells": "use=redaction"}]}
END_TWICE
run policy lint --vocabulary twice.json azure-openai
is "an id that stands twice is named where it stands again" "$(cat out)" \
	'twice.json:3:2: [duplicate-id] the id "test-zork" stands twice
twice.json:4:2: [duplicate-id] the id "iphone" stands twice'
finish
