#!/bin/sh
# Every exit status of check and explain, and which one wins.
. "$(dirname "$0")/tap.sh"

for verb in check explain; do
	run $verb allow.json
	exits 0 "$verb: all allowed"
	run $verb allow.json deny.json
	exits 1 "$verb: one denied"
	run $verb allow.json undecided.json
	exits 3 "$verb: one undecided"
	run $verb undecided.json deny.json
	exits 1 "$verb: denied beats undecided"
	run $verb deny.json invalid.json undecided.json
	exits 2 "$verb: invalid beats denied"
	run $verb deny.json missing.json
	exits 2 "$verb: a missing file beats denied"
	has err "proviso: missing.json: No such file or directory" "$verb: names the missing file"
	has out "d" "$verb: the other file is judged all the same"
	mkdir -p folder
	run $verb folder deny.json
	exits 2 "$verb: a directory"
	has err "proviso: folder: Is a directory" "$verb: names the directory"
	has out "deny" "$verb: the file after the directory is judged"
	: >empty
	run $verb deny.json empty
	exits 2 "$verb: an input without a request"
	has err "proviso: no request in empty" "$verb: names the empty input"
	run $verb
	exits 2 "$verb: empty standard input"
	has err "proviso: no request in -" "$verb: names standard input"
	run $verb -p missing.json allow.json
	exits 2 "$verb: a policy that is not there"
	is "$verb: nothing is judged without the policy" "$(cat out)" ""
done
finish
