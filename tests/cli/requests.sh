#!/bin/sh
# Where a request may hold its text, and what becomes of members that are misspelt.
. "$(dirname "$0")/tap.sh"

police='"actor": {"kind": "police", "jurisdiction": "US"}'
faces='"Match this face with mugshots"'

# gives VERDICT REQUEST: and no note where the verdict is followed by a dot.
gives() {
	echo "$2" >request.json
	run check request.json
	is "$(echo "$2" | tr "\n" " ")" "$(cut -f 1 out)$([ -s err ] || echo .)" "$1"
}

# Text is read wherever a request of some service has it
while read -r members; do
	gives deny. "{$police, $(echo "$members" | sed "s/FACES/$faces/")}"
done <<'END_OF_MEMBERS'
"description": FACES
"description": ["Good morning.", FACES]
"text": {"value": FACES}
"text": {"content": FACES}
"input": [{"role": "user", "content": FACES}]
"input": [{"type": "message", "role": "user", "content": [{"type": "input_text", "text": FACES}]}]
"prompt": [{"role": "user", "content": FACES}]
"messages": FACES
"messages": {"role": "user", "content": FACES}
"messages": [{"role": "system", "content": FACES}]
"messages": [{"role": "user", "text": FACES}]
"messages": [{"role": "user", "Content": FACES}]
"messages": [{"role": "user", "contents": FACES}]
"messages": [{"role": "user", "parts": [FACES]}]
"messages": [{"role": "user", "parts": [{"text": FACES}]}]
"messages": [{"role": "user", "content": [{"type": "text", "text": FACES}]}]
"messages": [{"role": "user", "content": [{"type": "text", "text": {"value": FACES}}]}]
"messages": [{"role": "user", "content": [{"source": {"type": "text", "data": FACES}}]}]
"messages": [[{"role": "user", "content": FACES}]]
"messages": [{"user": FACES}, {"assistant": "Certainly."}]
"contents": [{"role": "user", "parts": [{"text": FACES}]}]
"message": {"content": FACES}
"purpose": FACES
"purpose": ["training", FACES]
END_OF_MEMBERS
gives deny. '{"model": "m", "instructions": "You work for the Chicago Police Department.",
"input": [{"role": "user", "content": [{"type": "input_text", "text": "Match this face with mugshots"}]}]}'

# What nobody said to the model is not
while read -r members; do
	gives allow. "{$police, $(echo "$members" | sed "s/FACES/$faces/")}"
done <<'END_OF_MEMBERS'
"messages": [{"role": "assistant", "content": FACES}]
"messages": [{"role": "model", "parts": [{"text": FACES}]}]
"messages": [{"role": "tool", "content": FACES}]
"messages": [{"role": "user", "content": [{"type": "tool_result", "content": FACES}]}]
"messages": [{"role": "user", "tool_calls": [{"function": {"arguments": FACES}}]}]
"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": FACES}}]}]
"messages": [{"role": "user", "content": [{"source": {"type": "base64", "data": FACES}}]}]
"messages": [{"role": "user", "parts": [{"inlineData": {"mimeType": "a", "data": FACES}}]}]
"input": [{"type": "function_call_output", "output": FACES}]
"messages": [{"role": "user", "content": null, "index": 3}]
END_OF_MEMBERS

# What is not known is read or noted, never passed over in silence
gives deny "{$police, \"description\": {\"en\": $faces}}"
has err 'note: /description/en: unrecognised member, read as text' "an unknown member: the note"
run check --strict request.json
exits 2 "an unknown member: invalid if strict"
gives allow "{$police, \"messages\": [{\"role\": \"user\", \"content\": 5}]}"
has err 'note: /messages/0/content: not a text' "a number for a text: the note"

# A slip is never an allow
for name in Purpose purposes purpos Description txt promt Content; do
	gives deny "{$police, \"$name\": $faces}"
done
for name in Uses usess used usee; do
	gives undecided "{$police, \"$name\": [\"facial-recognition\"]}"
done
gives deny "{$police, \"purpose\": {\"en\": $faces}}"
gives deny "{$police, \"purpose\": {\"facial recognition on mugshots\": true}}"
finish
