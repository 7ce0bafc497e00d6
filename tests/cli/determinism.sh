#!/bin/sh
# The same bytes for the same input, whatever the surroundings.
. "$(dirname "$0")/tap.sh"

# Two locales that write letters and numbers in other ways, made from the sources
# of the package `locales`.
mkdir locales
locales="LC_ALL=C LC_ALL=C.UTF-8"
for name in tr_TR de_DE; do
	if localedef -i "$name" -f UTF-8 "locales/$name.UTF-8" >made 2>&1 &&
		[ "$(LOCPATH=$scratch/locales LC_ALL=$name.UTF-8 locale decimal_point)" = , ]; then
		locales="$locales LC_ALL=$name.UTF-8"
	else
		result 0 "the same with $name.UTF-8 # SKIP the package locales is not installed"
	fi
done
export LOCPATH="$scratch/locales"

set -- "$root"/testdata/stories/*.json
jq -c -f "$root/testdata/federal-inventory.jq" "$root/testdata/federal-sample.jsonl" >federal.jsonl
for options in "check" "check -f jsonl" "explain" "explain -f jsonl --quote" "check --as-of record"; do
	# shellcheck disable=SC2086 # options are words
	"$proviso" $options "$@" federal.jsonl >first 2>&1
	# shellcheck disable=SC2086
	"$proviso" $options "$@" federal.jsonl >second 2>&1
	cmp -s first second
	result $? "$options: twice the same"
	# shellcheck disable=SC2086
	for surroundings in $locales \
		"TZ=Pacific/Kiritimati" "TZ=America/Adak" "COLUMNS=40" "TERM=dumb"; do
		# shellcheck disable=SC2086
		env "$surroundings" "$proviso" $options "$@" federal.jsonl >second 2>&1
		cmp -s first second
		result $? "$options: the same with $surroundings"
	done
done

# The order of files and options does not matter to a verdict
"$proviso" check "$@" | sort >first
# shellcheck disable=SC2046 # names without spaces
"$proviso" check $(printf '%s\n' "$@" | sort -r) | sort >second
cmp -s first second
result $? "the order of files does not matter"

# `today` is the day in UTC: neither yesterday, as in the west, nor tomorrow, as in the east
today=$(date -u +%Y-%m-%d)
tomorrow=$(date -u -d tomorrow +%Y-%m-%d)
cat >days.json <<END
{"policy": "days", "reviewed": "$today",
 "revisions": [{"revision": "old", "published": "2020-01-01", "in_force": "2020-01-01"},
  {"revision": "today", "published": "2020-01-02", "in_force": "$today"},
  {"revision": "tomorrow", "published": "2020-01-03", "in_force": "$tomorrow"}],
 "clauses": [{"clause": "c", "since": "old", "when": {"use": "weapons"}}]}
END
for zone in UTC Pacific/Kiritimati Etc/GMT+12; do
	TZ=$zone "$proviso" check -p days.json --as-of today allow.json >first
	[ "$(cut -f3 first)" = "days@today" ] || [ "$today" != "$(date -u +%Y-%m-%d)" ]
	result $? "today is the day in UTC, in $zone"
done

# A short file is read in full, a long one glanced at first
mkdir short long
head -n 30 "$root/testdata/unseen/practices.jsonl" >short/log.jsonl
cat "$root/testdata/unseen/practices.jsonl" >long/log.jsonl
for policy in azure-openai all; do
	(cd short && "$proviso" check -p $policy log.jsonl >../first || true)
	(cd long && "$proviso" check -p $policy log.jsonl | head -n 30 >../second)
	cmp -s first second && [ "$(wc -l <first)" -ge 30 ]
	result $? "-p $policy: the same from a short file and from a long one"
done

# Hints each of which counts only beside the other
yes '{"text": "Match a picture of the detainee with earlier arrests."}' | head -n 1000 >hints.jsonl
"$proviso" check -p aws-rekognition hints.jsonl | cut -f1 | uniq -c >first || true
[ "$(sed 's/^ *//' first)" = "1000 deny" ]
result $? "what is read in the first request is seen in the last"
finish
