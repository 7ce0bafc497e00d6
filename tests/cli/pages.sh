#!/bin/sh
# The manual names every member that a file may have, and every line that explain prints.
. "$(dirname "$0")/tap.sh"

tab=$(printf '\t')

"$python" "$here/pages.py" "$root" >members
is "there are objects to compare" "$(test -s members; echo $?)" 0
while IFS=$tab read -r name wrong; do
	is "$name: the program, the schema and the page agree" "$wrong" ""
done <members

# The words of the chapter, without macros.
sed -n '/^\.Sh EXPLANATIONS/,/^\.Sh POLICIES/p' "$root/man/proviso.1" |
	sed -e 's/^\(\.[A-Z][a-z] \)\(Dq \)*//' -e 's/\\&//g' | tr -s ' \n' ' ' >chapter

# lines NAME TEXT...: the last explanation holds each text, and so does the chapter.
lines() {
	name=$1
	shift
	tr -s ' \n' ' ' <out >words
	for text; do
		has words "$text" "$name: $text"
		has chapter "$text" "$name, in the manual: $text"
	done
}

cat >open.json <<'END'
{"id": "open", "actor": {"kind": "vendor"}, "on_behalf_of": [{"kind": "police", "jurisdiction": "FR"}],
 "uses": ["verification", "redaction", "translation"], "not_uses": ["redaction", "transcription"],
 "timing": "real-time", "environment": "uncontrolled", "camera": null, "colour": 1}
END
run explain open.json
has out "(/uses/0, by" "an inference is named"
lines "open" "What was understood:" "who acts" "for whom" "left open" "not " "told both ways:" \
	"It could be prohibited by" "met:" "left open:" "it would be denied with" \
	"Considered and not met:" "this use" "Notes:"
echo '{"actor": {"kind": "police", "jurisdiction": "FR"}, "uses": ["identification"],
 "camera": "drone"}' >missing.json
run explain missing.json
lines "missing" "missing:" "all of these:" "any one of these:" "it would be allowed with"
run explain -p azure-openai -p openai-usage missing.json
lines "several" "this would not apply with"
run explain -t 'Chicago police use facial recognition.'
lines "denied" "named in the text" "prohibits this use" "It is prohibited by" \
	"How the text was read:" "taken as said"
run explain -t 'Chicago police use no facial recognition. They may or may not blur plates.'
lines "negated" "denied"
run explain -t 'In my novel, Chicago police use facial recognition.'
lines "mentioned" "written about, not asked for"
echo '{"actor": {"kind": "police", "jurisdiction": "FR"}, "uses": ["identification"], "camera": "fixed",
 "timing": "real-time", "environment": "uncontrolled"}' >near.json
run explain near.json
lines "allowed" "The nearest clause is"
run explain --as-of 2020-01-01 near.json
lines "without a text" "no revision" "There is no text of"
run explain --as-of record -p openai-usage near.json
lines "without a date" "differ about it:"
echo '{"service": "Gemini", "actor": {"jurisdiction": "US"}, "uses": ["redaction"]}' >stray.json
run explain -p applicable stray.json
lines "of no policy" "No policy is known to apply to it:" "What was chosen"
echo '{"text": "Hello."}' >nothing.json
run explain nothing.json
lines "of nothing" "nothing that a clause asks about"
echo '{"uses": 3' >broken.json
run explain broken.json
lines "invalid" "The request cannot be judged."
finish
