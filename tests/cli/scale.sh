#!/bin/sh
# A log judged in parts, by the commands of proviso-scale(7), gives the same as in one.
. "$(dirname "$0")/tap.sh"

page=$root/man/proviso-scale.7
if ! command -v parallel >parallel 2>&1 || ! parallel --version 2>&1 | grep -q '^GNU'; then
	result 0 "logs in parts # SKIP GNU parallel is not installed"
	finish
fi

mkdir bin logs
ln -s "$proviso" bin/proviso
# Hosts that are this one
cat >bin/ssh <<'END'
#!/bin/sh
while [ "$1" != -- ]; do shift; done
shift
exec sh -c "$*"
END
chmod +x bin/ssh
export PATH="$scratch/bin:$PATH" PARALLEL=--will-cite HOME="$scratch" SHELL=/bin/sh

for i in $(seq 400); do
	sed "s/^{/{\"text\": \"Blur the faces in number $i, please.\", /" three.jsonl
	[ $((i % 50)) -ne 0 ] || printf '{"id": tru}\n\n{"text": 1, "colour": "é"}\r\n'
done >log.jsonl
split -n l/7 log.jsonl logs/part.
for part in logs/part.??; do
	gzip -c "$part" >"$part.jsonl.gz"
done
# Without what tells a part from the whole
same='del(.n, .line, .file) | if .error then del(.error.line, .error.byte) else . end'
"$proviso" check -f jsonl log.jsonl 2>err | jq -c "$same" >wanted

# The page's commands, on blocks small enough to be several
awk '/^parallel/ { on = 1 } on { print } on && !/\\e$/ { on = 0 }' "$page" |
	sed 's/\\e$/\\/; s/--block [0-9]*M/--block 30K/; s/--transferfile {} --cleanup//' >commands
count=0
command=
while IFS= read -r line; do
	case $line in
	*\\)
		command="$command${line%?}"
		continue
		;;
	esac
	command=$(echo "$command$line" | tr -s ' \t' ' ')
	sh -c "$command" >out 2>err
	jq -c "$same" out | cmp -s - wanted
	result $? "$command"
	[ "$(wc -l <wanted)" -eq "$(wc -l <out)" ] || sed 's/^/# /' err
	count=$((count + 1))
	command=
done <commands
is "commands on the page" "$count" 4
is "the parts were parts" "$(jq -r 'select(.n == 1) | .n' out | wc -l)" 7

# Text, of records with ids
sed -n '/"id": "[adu]"/p' log.jsonl >ids.jsonl
"$proviso" check ids.jsonl >wanted
parallel -k --pipe --block 10K proviso check -j1 --exit-zero <ids.jsonl >out 2>err
cmp -s out wanted
result $? "the text format of records with ids is the same"
parallel -k --pipe --block 10K proviso check -j1 --exit-zero <log.jsonl >out 2>err
is "parts that could not be judged in full are counted" "$(($? > 1))" 1

# Spark starts its command without an environment
judge=$(sed -n '/\.pipe("/,/Ed/p' "$page" | tr -d '\n' |
	sed -n 's|.*("/usr/local/bin/proviso\([^"]*\)"[^"]*"\([^"]*\)", checkCode=True).*|\1\2|p')
"$proviso" check -f jsonl log.jsonl 2>err | jq -c "$same" >wanted
# shellcheck disable=SC2086 # words
env -i "$proviso" $judge <log.jsonl | jq -c "$same" >out
cmp -s out wanted
result $? "Spark's command:$judge"

# A partition may be empty
: >nothing
run_in check -f jsonl -j1 -q --exit-zero --allow-empty <nothing
exits 0 "an empty part is no error"
finish
