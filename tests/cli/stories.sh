#!/bin/sh
# Each story of testdata/stories comes out as the file beside it says.
. "$(dirname "$0")/tap.sh"

for story in "$root"/testdata/stories/*.json; do
	base=${story%.json}
	arguments=
	[ ! -f "$base.args" ] || arguments=$(cat "$base.args")
	# shellcheck disable=SC2086 # options are words
	run check $arguments "$story"
	is "$(basename "$base")" "$(cat out)" "$(cat "$base.expected")"
	case $(cut -f1 out) in
	allow) wanted=0 ;;
	deny) wanted=1 ;;
	*) wanted=3 ;;
	esac
	exits "$wanted" "$(basename "$base"): exit status"
done
finish
