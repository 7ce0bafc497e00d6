# The use case inventories of the US federal agencies (2023, 2024, 2025), a
# record each, as requests:
#
#   jq -c -f testdata/federal-inventory.jq inventory.jsonl | proviso check
#
# An inventory names departments and bureaus, so their kind is declared here
# rather than left to be read from a name.

def agency:
  [.Department // .agency_name // .Agency, .Bureau // .agency_bureau // .Agency]
  | map(select(. != null and . != "")) | unique | join(", ");

def kind:
  if test("\\b(CBP|ICE|USSS|ATF|DEA|FBI|USMS|FBOP|OCDETF)\\b|Customs and Border Protection|Immigration and Customs Enforcement|Federal Bureau of Investigation|Drug Enforcement Administration")
  then "federal-law-enforcement" else "government" end;

def name: .Title // .["Use Case Name"] // .use_case_name;

def sentences:
  [.Summary,
   .["What is the intended purpose and expected benefits of the AI?"],
   .["Describe the AI system’s outputs."],
   .problem_solved, .benefits, .system_outputs]
  | map(select(. != null and . != "")) | join("\n\n");

{
  id: (.Use_Case_ID // .id // name),
  title: name,
  actor: {name: agency, kind: (agency | kind), jurisdiction: "US"},
  description: sentences
}
