#!/bin/sh
# Which policies judge a request: all, several, and those that it is not told to
# be outside of.
. "$(dirname "$0")/tap.sh"

us_police='"actor":{"kind":"police","jurisdiction":"US"},"uses":["facial-recognition"]'

# judged NAME POLICIES REQUEST: who judges it under -p applicable
judged() {
	printf '%s\n' "$3" >request.json
	run check -p applicable -f jsonl request.json
	is "$1" "$(jq -r '[.judged_by[].policy] | join(" ")' out)" "$2"
}

judged "a service of Microsoft" "azure-openai microsoft-enterprise-ai" \
	"{\"service\":\"azure-openai\",$us_police}"
judged "the same in other words" "azure-openai microsoft-enterprise-ai" \
	"{\"service\":\"Azure OpenAI Service\",$us_police}"
judged "another service of Microsoft" "microsoft-enterprise-ai" \
	"{\"service\":\"azure-ai-face\",$us_police}"
judged "somebody else's service" "anthropic-usage" "{\"service\":\"Claude\",$us_police}"
judged "a party in the Union" "anthropic-usage eu-ai-act" \
	'{"service":"Claude","actor":{"kind":"business","jurisdiction":"FR"},"uses":["redaction"]}'
judged "a market in the Union" "anthropic-usage eu-ai-act" \
	"{\"service\":\"Claude\",\"eu_market\":true,$us_police}"
judged "an unknown service rules out nothing" \
	"anthropic-usage aws-rekognition azure-openai meta-llama microsoft-enterprise-ai openai-usage" \
	"{\"service\":\"our-own-gateway\",$us_police}"
judged "no service rules out nothing" \
	"anthropic-usage aws-rekognition azure-openai meta-llama microsoft-enterprise-ai openai-usage" \
	"{$us_police}"

printf '{"id":"g","service":"Gemini",%s}\n' "$us_police" >none.json
run check -p applicable none.json
exits 3 "no policy is left: exit status"
is "no policy is left" "$(cut -f 1,2,4 out)" "$(printf 'undecided\tg\tmissing: policy')"

# Who is bound is read in the text, even where no clause can come out but false.
judged "a force of the United States, met in text" "" \
	'{"service":"Gemini","description":"Police of Chicago want a chat bot on patrol."}'
judged "a city of the Union, met in text" "eu-ai-act" \
	'{"service":"Gemini","description":"Police of Lyon want a chat bot on patrol."}'
judged "a name in the United States" "" \
	'{"service":"Gemini","actor":"Chicago Police Department","uses":["redaction"]}'
judged "nobody met in text" "eu-ai-act" '{"service":"Gemini","description":"A poem on rain."}'

printf '{"id":"s","service":"azure-openai"}\n' >service.json
run check service.json
exits 2 "a service is no fact about the use"

# Deny over undecided over allow, every clause named with its policy.
printf '{"id":"d","service":"azure-openai",%s}\n' "$us_police" >deny.json
run check -p aws-rekognition -p azure-openai deny.json
is "deny over undecided" "$(cut -f 1 out)" deny
run check -p all -f jsonl deny.json
is "every policy judges under all" "$(jq '.judged_by | length' out)" 7
is "a clause names its policy and revision" \
	"$(jq -r '[.clauses[] | select(.policy == "azure-openai")][0] | .revision + "/" + .clause' out)" \
	2026-05-01/us-police-facial-recognition
run check -p aws-rekognition deny.json
is "undecided where the one that denies is left out" "$(cut -f 1 out)" undecided
finish
