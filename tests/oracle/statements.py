#!/usr/bin/env python3
"""Whatever `explain` says would change a verdict, told, changes it so.

usage: statements.py PROVISO

Takes the tests of all policies, has each explained, tells what would meet or end a clause in
place of what the request tells of it, and judges that. Prints TAP.
"""
import collections
import copy
import json
import pathlib
import subprocess
import sys

from harness import Tap, judge

POLICIES = pathlib.Path(__file__).parents[2] / "policies"
MEMBERS = {"use": "uses"}


def read_axes():
    """Whether each axis holds one value, and what each value is a kind of."""
    ones, broader = {}, collections.defaultdict(dict)
    for file in sorted((POLICIES / "vocabulary").glob("*.json")):
        for axis in json.loads(file.read_text()).get("axes", []):
            ones[axis["axis"]] = axis["holds"] == "one"
            for value in axis["values"]:
                broader[axis["axis"]][value["value"]] = value.get("broader", [])
    return ones, broader


ONES, BROADER = read_axes()


def within(axis, narrow, broad):
    return narrow == broad or any(within(axis, parent, broad)
                                  for parent in BROADER[axis].get(narrow, []))


def table(told):
    """What a member states, as an object of values."""
    if isinstance(told, dict):
        return dict(told)
    told = told if isinstance(told, list) else [] if told is None else [told]
    return {value: True for value in told}


def tell(about, member, change):
    """Tells one change of the request or of one party of it."""
    axis, value, truth = change["fact"], change["value"], change["truth"] == "true"
    denied = about.pop(f"not_{member}", [])
    if ONES[axis]:
        about[member] = value if truth else {value: False}
        return
    left = [one for one in (denied if isinstance(denied, list) else [denied])
            if not truth or not within(axis, value, one)]
    if left:
        about[f"not_{member}"] = left
    told = table(about.get(member))
    for other, state in list(told.items()):
        if truth and (within(axis, value, other) if state is False
                      else state is None and other == value):
            del told[other]
        elif not truth and state is not False and within(axis, other, value):
            del told[other]
    about[member] = {**told, value: truth}


def parties(request):
    """The parties of a request as objects, in the order in which they are told."""
    for member in list(request):
        if member in ("actor", "on_behalf_of"):
            several = request[member] if isinstance(request[member], list) else [request[member]]
            request[member] = [one if isinstance(one, dict) else {"kind": one}
                               for one in several]
            yield from request[member]


def changed(request, changes):
    """The request with every change, or None where it cannot be told."""
    request = copy.deepcopy(request)
    known = list(parties(request))
    for change in changes:
        fact = change["fact"]
        if not fact.startswith("party."):
            tell(request, MEMBERS.get(fact, fact), change)
            continue
        if "party" in change:
            tell(known[change["party"]], fact[len("party."):], change)
            continue
        silent = [party for party in known if not {"kind", "jurisdiction"} & party.keys()
                  or party.get("new")]
        if not silent:
            request.setdefault("actor", []).append({"new": True})
            silent = known = [request["actor"][-1]]
        for party in silent:
            party["new"] = True
            tell(party, fact[len("party."):], change)
    for party in parties(request):
        party.pop("new", None)
    return request


def explained(binary, requests, arguments):
    given = "".join(json.dumps(request) + "\n" for request in requests)
    run = subprocess.run([binary, "explain", "-q", "-f", "jsonl", *arguments], input=given,
                         encoding="utf-8", capture_output=True, check=False)
    return [json.loads(line) for line in run.stdout.splitlines()]


def statements(record):
    """Every statement of a record: what it says, what to tell, and how it then comes out."""
    for clause in record.get("considered", []):
        name = clause["policy"], clause["revision"], clause["clause"]
        if clause["meets"]:
            yield "meets", clause["meets"], name, "deny"
        ends = clause["ends"]
        for set_ in [ends] if clause.get("together") else [[end] for end in ends]:
            yield "ends", set_, name, "allow" if clause.get("allows") else None


def is_so(record, kind, name, verdict):
    """Whether a statement came true."""
    met = [(c["policy"], c["revision"], c["clause"]) for c in record["clauses"]]
    left = [(c["policy"], c["revision"], c["clause"]) for c in record["open"]]
    right = name in met if kind == "meets" else name not in met + left
    return right and verdict in (None, record["verdict"])


def false_statements(binary, requests, arguments, counts):
    cases = [(request, *statement) for request, record
             in zip(requests, explained(binary, requests, arguments))
             for statement in statements(record)]
    told = [changed(request, changes) for request, _, changes, _, _ in cases]
    for case, record in zip(cases, judge(binary, told, "-q", *arguments)):
        request, kind, changes, name, verdict = case
        counts[kind] += 1
        if not is_so(record, kind, name, verdict):
            yield (f"{' '.join(arguments)}: {json.dumps(request)}: {'/'.join(name)} {kind} with "
                   f"{json.dumps(changes)}: {record['verdict']}")


def groups():
    """The requests of all tests, by the options that they are judged with."""
    requests = collections.defaultdict(list)
    for file in sorted(POLICIES.glob("*.json")):
        for clause in json.loads(file.read_text())["clauses"]:
            for test in clause["tests"]:
                options = [f"--{name.replace('_', '-')}={test[name]}"
                           for name in ("as_of", "known_at") if name in test]
                requests["-p", file.stem, *options].append(test["request"])
                requests["-p", "all", *options].append(test["request"])
    return requests


def silent(binary, requests, arguments):
    """Open clauses of which nothing is said."""
    for request, record in zip(requests, explained(binary, requests, arguments)):
        for clause in record["considered"]:
            if clause["outcome"] == "open" and clause["clause"] and not (
                    clause["meets"] or clause["ends"]):
                yield f"{' '.join(arguments)}: {json.dumps(request)}: {clause['clause']}"


def main(binary):
    tap, counts, wrong, unsaid = Tap(), collections.Counter(), [], []
    for arguments, requests in groups().items():
        wrong += false_statements(binary, requests, arguments, counts)
        unsaid += silent(binary, requests, arguments)
    tap.test(f"what explain says would meet a clause or end it, does ({counts['meets']} that "
             f"would meet, {counts['ends']} that would end)", wrong)
    tap.test("something is said of every open clause", unsaid)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
