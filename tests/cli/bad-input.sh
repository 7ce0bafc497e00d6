#!/bin/sh
# Bad input of every kind: what is said about it, and that the rest is judged.
. "$(dirname "$0")/tap.sh"

allowed='allow	a	azure-openai@2026-05-01	-'
denied="deny	d	$us	"

# Writes the bad record, given as printf's %b takes it, between two good ones.
surround() {
	{
		cat allow.json
		printf '%b\n' "$1"
		cat deny.json
	} >bad.jsonl
}

# judges_the_rest NAME: three verdicts, the first and the last of them good.
judges_the_rest() {
	is "$1: as many verdicts as records" "$(wc -l <out)" "$(wc -l <bad.jsonl)"
	is "$1: the record before it" "$(head -n 1 out)" "$allowed"
	is "$1: the record after it" "$(tail -n 1 out | cut -f -3)	" "$denied"
}

# invalid NAME RECORD COLUMN SENTENCE
invalid() {
	surround "$2"
	run check bad.jsonl
	exits 2 "$1: exits 2"
	is "$1: the verdict line" "$(sed -n 2p out)" "invalid	bad.jsonl:2	-	2:$3: $4"
	is "$1: nothing else is said" "$(cat err)" ""
	judges_the_rest "$1"
}

# fine NAME RECORD
fine() {
	surround "$2"
	run check bad.jsonl
	exits 1 "$1: no error"
	is "$1: the verdict line" "$(sed -n 2p out | cut -f 1,2)" "allow	x"
	judges_the_rest "$1"
}

repeat() {
	awk -v text="$1" -v count="$2" 'BEGIN { while (count-- > 0) printf "%s", text }'
}

# What is no JSON.
invalid 'a duplicate key' '{"id":"x","text":"a","id":"y"}' 22 'duplicate key'
invalid 'a key repeated in an escape' '{"id":"x","\\u0069d":"y"}' 11 'duplicate key'
invalid 'bad UTF-8' '{"id":"x","text":"\0377"}' 19 'not valid UTF-8'
invalid 'overlong UTF-8' '{"id":"x","text":"\0303\0251\0300\0257"}' 20 'not valid UTF-8'
invalid 'a surrogate in UTF-8' '{"id":"x","text":"\0355\0240\0200"}' 19 'not valid UTF-8'
invalid 'a lone surrogate' '{"id":"x","text":"\\ud800"}' 19 'lone surrogate'
invalid 'a low surrogate first' '{"id":"x","text":"\\udc00\\ud800"}' 19 'lone surrogate'
invalid 'a control character' '{"id":"x","text":"a\tb"}' 20 'control character in a string'
invalid 'NUL in a key' '{"id":"x","a\\u0000":1}' 13 'NUL in a key'
invalid 'a raw NUL' '{"id":"x",\0000"text":"a"}' 11 'not valid JSON'
invalid 'a misspelt word' '{"id":"x","consent":True}' 21 'not valid JSON'
invalid 'a comma too many' '{"id":"x",}' 11 'not valid JSON'
invalid 'an open object' '{"id":"x","actor":{"kind":"police"}' 36 'input ends inside a value'
invalid 'an open string' '{"id":"x","text":"a' 20 'input ends inside a value'
invalid 'trailing garbage' '{"id":"x"} x' 12 'extra bytes after the value'
invalid 'two requests in a line' '{"id":"x"}{"id":"y"}' 11 'extra bytes after the value'
invalid 'a real that overflows' '{"id":"x","n":1e999}' 15 'number too large'
invalid 'nesting 65 deep' "{\"a\":$(repeat '[' 64)$(repeat ']' 64)}" 69 'nested deeper than 64'
invalid 'nesting without end' "$(repeat '{"a":' 20000)" 321 'nested deeper than 64'
invalid 'too many values' "{\"a\":[0$(repeat ',0' 199998)]}" 400003 'more than 200,000 values'

# What is JSON, but no request.
invalid 'a number' '42' 1 'a request is a JSON object'
invalid 'a string' '"text"' 1 'a request is a JSON object'
invalid 'null' 'null' 1 'a request is a JSON object'
invalid 'an array' '[{"text":"a"}]' 1 'a request is a JSON object'
surround '{"colour":"red","size":3}'
run check bad.jsonl
exits 2 'an unknown shape: exits 2'
has out 'invalid	bad.jsonl:2	-	2:1: ' 'an unknown shape: is invalid'
judges_the_rest 'an unknown shape'
for nothing in '{"text":"\\u200b"}' '{"text":"."}' '{"messages":"{}"}' '{"text":5}' \
	'{"message":"GET /faces"}'; do
	invalid "$nothing" "$nothing" 1 \
		'no fact and no text that could be judged (see proviso-request(5))'
done
surround '{"id":{"a":1},"text":"a"}'
run check bad.jsonl
exits 2 'an id that is no scalar: exits 2'
has out 'invalid	bad.jsonl:2	-	2:' 'an id that is no scalar: is invalid'
judges_the_rest 'an id that is no scalar'

# What looks bad and is fine.
fine 'a huge integer' "{\"id\":\"x\",\"text\":\"blur faces\",\"n\":-$(repeat 9 5000)}"
fine 'NUL in text' '{"id":"x","text":"blur\\u0000faces"}'
fine 'nesting 64 deep' "{\"id\":\"x\",\"text\":\"a\",\"a\":$(repeat '[' 63)$(repeat ']' 63)}"
fine '200,000 values' "{\"id\":\"x\",\"text\":\"a\",\"a\":[0$(repeat ',0' 199995)]}"
fine 'a surrogate pair' '{"id":"x","text":"a \\ud83d\\ude00"}'
fine 'noncharacters' '{"id":"x","text":"a \0357\0277\0277"}'
printf '{"id":"x",\0000"n":%s}' "$(repeat 9 5000)" >huge.json
run check huge.json
has out '	1:11: not valid JSON' 'a huge integer is not blamed for another error'
printf '{"id":12345678901234567890123,"text":"a"}' >huge.json
run check -f jsonl huge.json
has out '"id":12345678901234567890123,' 'a huge integer as id is printed as it stands'

# Records that are too long.
surround "{\"id\":\"x\",\"text\":\"$(repeat word 100)\"}"
run check --max-record=200 bad.jsonl
exits 2 'an over-long record: exits 2'
is 'an over-long record: the verdict line' "$(sed -n 2p out)" \
	'invalid	bad.jsonl:2	-	2:1: longer than 200 bytes'
judges_the_rest 'an over-long record'
size=$(sed -n 2p bad.jsonl | tr -d '\n' | wc -c)
run check --max-record="$size" bad.jsonl
exits 1 'a record of just the longest length'
run check --max-record="$((size - 1))" bad.jsonl
exits 2 'a record one byte longer'
jq -s . bad.jsonl >array.json
run check --max-record=300 array.json
is 'an over-long element: verdicts' "$(cut -f 1 out | tr '\n' ' ')" 'allow invalid deny '

# Where the error stands in other forms of input.
printf '[\n  {"id": "a", "text": "blur"},\n  {"id": "x", "n": tru},\n  {"id":"b","text":"a"}\n]\n' \
	>array.json
run check -f jsonl array.json
has out '"error":{"message":"not valid JSON","line":3,"column":23,"byte":55}' \
	'an array: line, column and byte of the error'
is 'an array: every element has its verdict' "$(wc -l <out)" 3
printf '[{"id":"a","text":"blur"},' >array.json
run check array.json
exits 2 'an array that is cut off: exits 2'
is 'an array that is cut off: verdicts' "$(cut -f 1 out | tr '\n' ' ')" 'allow invalid '
printf '{\n"id":"a","text":"blur"\n}\nrubbish\n{"id":"b",\n"text":"blur"}\n' >stream.json
run check stream.json
exits 2 'rubbish between documents: exits 2'
is 'rubbish between documents: verdicts' "$(cut -f 1,2 out | tr '\n' ' ')" \
	'allow	a invalid	stream.json:4 allow	b '
printf '{\n "id":"a",\n "uses":["redaction"]\n\n{\n "id":"b",\n "text":"a"\n}\n{\n "id":"c",\n "text":"a"\n}\n' \
	>stream.json
run check stream.json
exits 2 'a brace that is missing: exits 2'
is 'a brace that is missing: the documents after it' "$(cut -f 1,2 out | tr '\n' ' ')" \
	'invalid	stream.json:1 allow	b allow	c '
is 'a brace that is missing: where' "$(head -n 1 out | cut -f 4)" '5:1: input ends inside a value'
printf '{\n "id":"a",\n{"id":"b","text":"a"}\n{"id":"c","text":"a"}\n' >stream.json
run check stream.json
is 'an open document before lines: verdicts' "$(cut -f 1,2 out | tr '\n' ' ')" \
	'invalid	stream.json:1 allow	b allow	c '
printf '\357\273\277\r\n{"id":"a","text":"blur"}\r\n\r\n{"id":"b","text":"blur"}' >crlf.jsonl
run check crlf.jsonl
exits 0 'a byte order mark, CRLF, blank lines and no last newline are fine'
is 'and the records all there' "$(cut -f 2 out | tr '\n' ' ')" 'a b '

# Files.
mkdir folder
: >empty
printf ' \n\n' >blank
printf '[]\n' >none.json
for name in empty blank none.json; do
	run check deny.json "$name" allow.json
	exits 2 "$name: exits 2"
	is "$name: the message" "$(cat err)" "proviso: no request in $name"
	is "$name: the other files are judged" "$(wc -l <out)" 2
done
run check --allow-empty empty allow.json
exits 0 'an empty file that is allowed to be'
run check deny.json missing.json allow.json
exits 2 'a missing file: exits 2'
is 'a missing file: the message' "$(cat err)" 'proviso: missing.json: No such file or directory'
is 'a missing file: the others are judged' "$(wc -l <out)" 2
run check deny.json folder allow.json
exits 2 'a directory: exits 2'
is 'a directory: the message' "$(cat err)" 'proviso: folder: Is a directory'
is 'a directory: the others are judged' "$(wc -l <out)" 2
if [ "$(id -u)" -ne 0 ]; then
	cp allow.json secret.json
	chmod 0 secret.json
	run check secret.json
	exits 2 'a file that may not be read: exits 2'
	has err 'proviso: secret.json: Permission denied' 'a file that may not be read: the message'
fi

# Output that cannot be written.
status=0
"$proviso" check allow.json >/dev/full 2>err || status=$?
exits 2 'a full disk: exits 2'
is 'a full disk: the message' "$(cat err)" 'proviso: standard output: No space left on device'
status=0
"$proviso" check --exit-zero allow.json >/dev/full 2>err || status=$?
exits 2 'a full disk: exits 2 in spite of --exit-zero'
for _ in $(seq 5000); do
	cat deny.json
done >many.jsonl
(
	trap '' PIPE
	status=0
	"$proviso" check many.jsonl 2>err || status=$?
	echo "$status" >code
) | head -n 1 >out
status=$(cat code)
exits 2 'a closed pipe: exits 2'
is 'a closed pipe: nothing is said' "$(cat err)" ''
has out "$denied" 'a closed pipe: what came before it'

# A writer that waits for the verdict gets it.
mkfifo requests
: >out
"$proviso" check <requests >out 2>err &
exec 3>requests
cat deny.json >&3
waits=0
while [ ! -s out ] && [ "$waits" -lt 100 ]; do
	sleep 0.1
	waits=$((waits + 1))
done
has out "$denied" 'a verdict is written before the next request is there'
exec 3>&-
wait "$!" || status=$?
exits 1 'and the status counts it'
finish
