"""A second value never buys an allow, under any policy: where a use with one value of an axis
is not allowed, the same with another beside that is not allowed either."""
import collections
import json
import pathlib

from harness import judge

POLICIES = pathlib.Path(__file__).parents[2] / "policies"
MEMBERS = {"use": "uses"}  # how a request names an axis, where it is not by its own name


def vocabulary():
    """The values of each axis that a request states of itself, with those that are broader.
    What leaves others open is left out: another value says it more closely."""
    broader = collections.defaultdict(dict)
    for file in sorted((POLICIES / "vocabulary").glob("*.json")):
        for axis in json.loads(file.read_text()).get("axes", []):
            for value in axis["values"]:
                if "leaves" not in value:
                    broader[axis["axis"]][value["value"]] = value.get("broader", [])
    return {axis: values for axis, values in broader.items() if not axis.startswith("party.")}


def axes(condition, known):
    """The axes that a condition, or a list of them, mentions."""
    if isinstance(condition, list):
        return {axis for part in condition for axis in axes(part, known)}
    if not isinstance(condition, dict):
        return set()
    return set(condition) & known | axes(list(condition.values()), known)


def within(values, narrow, broad):
    return narrow == broad or any(within(values, parent, broad)
                                  for parent in values.get(narrow, []))


def stated(request, axis, known):
    """The values of an axis that a request states, or None where it says more than that."""
    told = request.get(MEMBERS.get(axis, axis), [])
    told = told if isinstance(told, list) else [told]
    told = [json.dumps(value) if isinstance(value, bool) else value for value in told]
    return told if all(isinstance(value, str) and value in known[axis] for value in told) else None


def cases(policy, known):
    """(options, request, axis, values stated) of every test and every axis that matters: with
    the values it has, or with each one that it might have."""
    for clause in policy["clauses"]:
        mentioned = axes([clause["when"], clause.get("except", [])], set(known)) | {"remote"}
        for test in clause["tests"]:
            options = tuple(f"--{name.replace('_', '-')}={test[name]}"
                            for name in ("as_of", "known_at") if name in test)
            for axis in sorted(mentioned | {"use"}):
                told = stated(test["request"], axis, known)
                if told:
                    yield options, test["request"], axis, told
                elif told == []:
                    yield from ((options, test["request"], axis, [value])
                                for value in known[axis])


def with_values(request, axis, values):
    return {**request, MEMBERS.get(axis, axis): values}


def bought(binary, policy, known):
    """Whatever was refused, and is allowed with a value more; and how many were asked."""
    by_options = collections.defaultdict(list)
    for options, *case in cases(policy, known):
        by_options[options].append(case)
    asked, found = 0, []
    for options, group in by_options.items():
        arguments = "-q", "-p", policy["policy"], *options
        before = judge(binary, [with_values(*case) for case in group], *arguments)
        more = [(request, axis, told, value) for (request, axis, told), record
                in zip(group, before) if record["verdict"] != "allow" for value in known[axis]
                if not any(within(known[axis], value, one) or within(known[axis], one, value)
                           for one in told)]
        after = judge(binary, [with_values(request, axis, [*told, value])
                               for request, axis, told, value in more], *arguments)
        asked += len(more)
        found += [f"{' '.join(arguments)}: {json.dumps(request)} with {axis} {told} is not "
                  f"allowed, and is with {value}, too"
                  for (request, axis, told, value), record in zip(more, after)
                  if record["verdict"] == "allow"]
    return asked, found


def run(tap, binary):
    known = vocabulary()
    for file in sorted(POLICIES.glob("*.json")):
        policy = json.loads(file.read_text())
        asked, found = bought(binary, policy, known)
        tap.test(f"{policy['policy']}: no second value buys an allow ({asked} requests)", found)
