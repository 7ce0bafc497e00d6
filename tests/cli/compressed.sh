#!/bin/sh
# Compressed inputs: the same verdicts, and what is wrong with them, and where.
. "$(dirname "$0")/tap.sh"

pack() {
	case $1 in
	gzip) gzip -c ;;
	zstd) zstd -q -c ;;
	xz) xz -c ;;
	esac
}

for i in $(seq 300); do
	sed "s/^{/{\"text\": \"Blur the faces in number $i, please.\", /" three.jsonl
done >log.jsonl
jq -s . log.jsonl >array.json
"$proviso" check -f jsonl log.jsonl | sed 's/log.jsonl/-/' >wanted
"$proviso" check -f jsonl array.json | sed 's/array.json/-/' >wanted-array
for format in gzip zstd xz; do
	printf '' | pack $format >empty
	if ! "$proviso" check --allow-empty empty 2>err; then
		has err "compressed with $format, which this proviso was built without" \
			"$format: a build without it says so"
		continue
	fi
	pack $format <log.jsonl >log
	for jobs in 1 2 7; do
		run_in check -f jsonl -j$jobs - <log
		exits 1 "$format -j$jobs: exit status"
		cmp -s out wanted
		result $? "$format -j$jobs: the verdicts are those of the file"
		"$python" -c 'import sys
data = open("log", "rb").read()
for at in range(0, len(data), 7):
    sys.stdout.buffer.write(data[at:at + 7]); sys.stdout.buffer.flush()' |
			"$proviso" check -f jsonl -j$jobs >out
		cmp -s out wanted
		result $? "$format -j$jobs: from a pipe in small pieces, too"
	done
	pack $format <array.json >array
	run_in check -f jsonl <array
	cmp -s out wanted-array
	result $? "$format: an array"
	{
		head -n 100 log.jsonl | pack $format
		printf '' | pack $format
		sed -n '101,110p' log.jsonl | pack $format
		sed -n '111,$p' log.jsonl | head -c 1000 | pack $format
		sed -n '111,$p' log.jsonl | tail -c +1001 | pack $format
	} >parts
	run_in check -f jsonl <parts
	exits 1 "$format: several parts in a row: exit status"
	cmp -s out wanted
	result $? "$format: several parts in a row"
	run check empty
	exits 2 "$format: nothing in it: exits 2"
	is "$format: nothing in it: says so" "$(cat err)" "proviso: no request in empty"

	# Cut off
	bytes=$(wc -c <log)
	for left in 12 $((bytes / 3)) $((bytes / 2)) $((bytes - 1)); do
		head -c $left log >cut
		run check -f jsonl -j2 cut
		exits 2 "$format cut off at $left: exits 2"
		is "$format cut off at $left: says so" "$(cat err)" \
			"proviso: cut: $format data ends too early, at byte $left of the compressed file"
		sed 's/"cut"/"-"/' out >got
		head -n "$(wc -l <out)" wanted | cmp -s - got
		result $? "$format cut off at $left: what came before is judged"
	done
	[ "$(wc -l <out)" -gt 800 ]
	result $? "$format: nearly all records come before the end that is missing"

	# Damaged
	crashed=0 silent=0
	for at in $(seq 3 97 "$bytes"); do
		"$python" - "$at" <<'END'
import sys
data = bytearray(open("log", "rb").read())
data[int(sys.argv[1]) % len(data)] ^= 0x55
open("bad", "wb").write(data)
END
		run check -f jsonl -q bad
		[ "$status" -le 2 ] || crashed=$at
		sed 's/"bad"/"-"/' out >got
		head -n "$(wc -l <out)" wanted | cmp -s - got || cmp -s out /dev/null || [ "$status" = 2 ] ||
			silent=$at
	done
	is "$format: a wrong byte never crashes it" "$crashed" 0
	is "$format: a wrong byte is never taken for good" "$silent" 0
	# Long enough for several blocks of every format, and packed small enough to be
	# decoded at once
	seq 9000 | sed 's/.*/{"id": &, "actor": {"kind": "police"}, "uses": ["redaction"], "camera": "stored"}/' \
		>many.jsonl
	"$proviso" check -q many.jsonl | head -n 6000 >wanted-many
	pack $format <many.jsonl >many
	{
		head -n 10 many.jsonl | pack $format
		[ $format != zstd ] || printf '\120\052\115\030\004\000\000\000abcd'
		sed -n '11,$p' many.jsonl | pack $format
	} >many-parts
	for packed in many many-parts; do
		"$python" -c 'import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[-80:-16] = b"\xff" * 64
open("bad", "wb").write(data)' $packed
		for jobs in 1 2; do
			run check -q -j$jobs bad
			exits 2 "$format -j$jobs: $packed, damaged at the end: exits 2"
			head -n 6000 out | cmp -s - wanted-many
			result $? "$format -j$jobs: $packed: what came before is judged ($(wc -l <out))"
			at=$(sed -n "s/.*: $format data found damaged at byte \([0-9]*\) of .*/\1/p" err)
			[ "${at:-0}" -gt $(($(wc -c <bad) / 2)) ]
			result $? "$format -j$jobs: $packed: says where (${at:-nowhere})"
		done
	done
	{
		cat log
		echo garbage that goes on for a while
	} >garbage
	run check -f jsonl garbage
	exits 2 "$format: garbage behind it: exits 2"
	has err "proviso: garbage: $format data found damaged at byte" "$format: garbage behind it: says so"
	is "$format: garbage behind it: all that came before is judged" "$(wc -l <out)" 900
	"$proviso" check garbage deny.json 2>err | tail -n 1 >out
	is "$format: the next file is judged" "$(cut -f 2 out)" d

	# Much in little
	if (ulimit -v 150000 && "$proviso" --version >out 2>&1); then
		{
			cat deny.json
			head -c 300000000 /dev/zero | tr '\0' x
			echo
			cat allow.json
		} | pack $format >bomb
		(
			ulimit -v 150000
			"$proviso" check --max-record=1M bomb >out 2>err
		)
		is "$format: 300 MB in one line, in little memory" "$(cut -f 1 out | tr '\n' ' ')" \
			"deny invalid allow "
	else
		result 0 "$format: 300 MB in one line # SKIP a sanitizer needs more address space"
	fi
done
rm -f bomb

# What the formats allow
if "$proviso" check --allow-empty empty 2>err; then
	{
		cat deny.json | pack gzip
		head -c 500 /dev/zero
	} >padded
	run check padded
	exits 1 "gzip: zeroes behind it"
	{
		printf '\120\052\115\030\004\000\000\000abcd'
		pack zstd <deny.json
	} >skipped
	run check skipped
	exits 1 "zstd: a frame to be skipped comes first"
	printf '\050\265\057\375\000\250\001\000\000' >large
	run check large
	exits 2 "zstd: a window of 2 GiB: exits 2"
	has err "proviso: large: zstd data needs more than 128 MiB to be decoded, at byte" \
		"zstd: a window of 2 GiB: says so"
	cat >slow.py <<'END'
import os, select, subprocess, sys, time, zlib
command = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
packer, line = zlib.compressobj(wbits=31), open("deny.json", "rb").read()
for turn in range(5):
    command.stdin.write(packer.compress(line) + packer.flush(zlib.Z_SYNC_FLUSH))
    if not select.select([command.stdout], [], [], 10)[0]:
        sys.exit(f"no verdict for request {turn + 1}")
    os.read(command.stdout.fileno(), 65536)
command.stdin.close()
command.wait()
END
	"$python" slow.py "$proviso" check 2>/dev/null
	is "gzip: a verdict comes as soon as its request can be decoded" "$?" 0
fi

# What only begins like it
for start in '\037' '\050\265\057' 'P' '\3757zXZ'; do
	# shellcheck disable=SC2059 # it is a format
	printf "$start" >short
	run check short
	exits 2 "a file of only $start: exits 2"
	is "a file of only $start: is no JSON" "$(cut -f 1 out)" invalid
done
finish
