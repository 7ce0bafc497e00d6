#!/bin/sh
# The sample of declared use cases, through the converter of testdata.
. "$(dirname "$0")/tap.sh"

jq -c -f "$root/testdata/federal-inventory.jq" "$root/testdata/federal-sample.jsonl" |
	"$proviso" check >out 2>err
is "a verdict for each record" "$(wc -l <out)" "$(wc -l <"$root/testdata/federal-sample.jsonl")"
is "none is invalid" "$(grep -c ^invalid out)" 0
is "none is denied" "$(grep -c ^deny out)" 0
for id in DOC-0035-2023 DOJ-0015 DOJ-0130 "Automated Underreporter (AUR) Voicebot" \
	"Complaint Narrative Redaction" "RAPTOR (Rapid Tactical Operations Reconnaissance)"; do
	has out "$(printf 'allow\t%s\t' "$id")" "allowed: $id"
done
is "no notes" "$(cat err)" ""
finish
