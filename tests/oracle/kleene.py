"""Truth tables: AND, OR and NOT of Kleene's three values, atoms that say what unstated
means, and exceptions, each row as a policy of one clause and a request."""
import itertools
import json
import pathlib

from harness import judge, reasons
from oracle import FALSE, OPEN, TRUE, combine

# Each operand has an atom on an axis of its own that holds one value and is open when
# unstated, and one on the axis of uses, which holds many and is false when unstated.
ONE = [("camera", "mobile", "fixed"), ("environment", "uncontrolled", "controlled"),
       ("timing", "real-time", "retrospective")]
MANY = ["tracking", "redaction", "transcription"]
STATES = {  # what the operand's atom is told: truth, and why it is open
    "true": (TRUE, None), "false": (FALSE, None), "denied": (FALSE, None),
    "unstated": (FALSE, None), "missing": (OPEN, "missing"),
    "questioned": (OPEN, "questioned"), "conflict": (OPEN, "conflict")}
ON_USES = {"denied", "unstated", "conflict"}
VERDICT = {TRUE: "deny", FALSE: "allow", OPEN: "undecided"}
BYSTANDER = {"kind": "business", "jurisdiction": "FR"}


class Bench:
    """Judges requests by a policy of one clause."""

    def __init__(self, binary, folder):
        self.binary, self.path = binary, pathlib.Path(folder, "bench.json")

    def judge(self, requests, when, **clause):
        self.path.write_text(json.dumps({
            "policy": "bench", "reviewed": "2024-01-01",
            "revisions": [{"revision": "r", "published": "2024-01-01", "in_force": "2024-01-01"}],
            "clauses": [{"clause": "c", "since": "r", "when": when, **clause}]}))
        return judge(self.binary, requests, "-p", str(self.path))


def kleene_not(answer):
    truth, why = answer
    return {TRUE: FALSE, FALSE: TRUE, OPEN: OPEN}[truth], why


def evaluate(formula, operands):
    """A formula is the index of an operand, or a connective and its parts."""
    if isinstance(formula, int):
        return operands[formula]
    connective, *parts = formula
    answers = [evaluate(part, operands) for part in parts]
    if connective == "not":
        return kleene_not(answers[0])
    return combine(answers, *((FALSE, TRUE) if connective == "all" else (TRUE, FALSE)))


def condition(formula, atoms):
    if isinstance(formula, int):
        return atoms[formula]
    connective, *parts = formula
    inner = [condition(part, atoms) for part in parts]
    return {connective: inner[0] if connective == "not" else inner}


FORMULAS = [
    ("not", 0), ("not", ("not", 0)), ("all", 0, 1), ("any", 0, 1), ("not", ("all", 0, 1)),
    ("not", ("any", 0, 1)), ("any", ("not", 0), ("not", 1)), ("all", 0, ("not", 1)),
    ("all", 0, ("not", 0)), ("any", 0, ("not", 0)),
    ("all", 0, ("any", 1, 2)), ("any", 0, ("all", 1, 2)), ("not", ("all", 0, ("any", 1, 2))),
    ("any", ("all", 0, 1), ("all", ("not", 0), 2)), ("all", 0, 1, 2), ("any", 0, 1, 2)]


def width(formula):
    return formula + 1 if isinstance(formula, int) else max(map(width, formula[1:]))


def atom(operand, state):
    axis, value, _ = ONE[operand]
    return {"use": MANY[operand]} if state in ON_USES else {axis: value}


def told(states):
    """The request that tells each operand its state, and what each then is."""
    request, answers = {"actor": BYSTANDER, "uses": [], "not_uses": []}, []
    for operand, state in enumerate(states):
        axis, value, rival = ONE[operand]
        truth, reason = STATES[state]
        if state in ("true", "false", "questioned"):
            request[axis] = {"true": value, "false": rival, "questioned": None}[state]
        if state == "conflict":
            request["uses"].append(MANY[operand])
        if state in ("denied", "conflict"):
            request["not_uses"].append(MANY[operand])
        fact = "use" if state in ON_USES else axis
        answers.append((truth, {(reason, fact)} if reason else set()))
    return {name: value for name, value in request.items() if value != []}, answers


def difference(record, answer, what):
    """A line where a record's verdict, or why it is open, is not as it should be."""
    truth, why = answer
    got = record["verdict"], [reasons(entry) for entry in record["open"]]
    wanted = VERDICT[truth], [why] if truth == OPEN else []
    if got != wanted:
        yield f"{what}: {got}, expected {wanted}"


def connectives(tap, bench):
    rows = 0
    differences = []
    for formula in FORMULAS:
        groups = {}  # one policy for each way of taking atoms
        for states in itertools.product(STATES, repeat=width(formula)):
            groups.setdefault(tuple(state in ON_USES for state in states), []).append(states)
        for members in groups.values():
            atoms = [atom(operand, state) for operand, state in enumerate(members[0])]
            cases = [told(states) for states in members]
            records = bench.judge([request for request, _ in cases], condition(formula, atoms))
            for states, (_, answers), record in zip(members, cases, records):
                rows += 1
                differences += difference(record, evaluate(formula, answers),
                                          f"{formula} of {', '.join(states)}")
    tap.test(f"AND, OR and NOT ({len(FORMULAS)} formulas, {rows} rows)", differences)


def overrides(tap, bench):
    """Atoms that say themselves what unstated means."""
    questioned, conflict = (OPEN, {("questioned", "camera")}), (OPEN, {("conflict", "use")})
    place = {"party": {"kind": "police", "jurisdiction": "US"}}
    tables = [
        ({"camera": "mobile", "unstated": "false"},
         [({}, (FALSE, set())), ({"camera": "mobile"}, (TRUE, set())),
          ({"camera": "fixed"}, (FALSE, set())), ({"camera": None}, questioned),
          ({"camera": "stored"}, questioned)]),
        ({"use": "tracking", "unstated": "unknown"},
         [({}, (OPEN, {("missing", "use")})),
          ({"uses": ["redaction"]}, (OPEN, {("missing", "use")})),
          ({"not_uses": ["tracking"]}, (FALSE, set())), ({"uses": ["tracking"]}, (TRUE, set())),
          ({"uses": ["tracking"], "not_uses": ["tracking"]}, conflict)]),
        ({**place, "unstated": "false"},
         [({"on_behalf_of": [{"kind": "police"}]}, (FALSE, set())),
          ({"on_behalf_of": [{"kind": "police", "jurisdiction": "US"}]}, (TRUE, set())),
          ({"on_behalf_of": [{"kind": "police", "jurisdiction": None}]},
           (OPEN, {("questioned", "party.jurisdiction")}))]),
        (place, [({"on_behalf_of": [{"kind": "police"}]},
                  (OPEN, {("missing", "party.jurisdiction")}))]),
        ({"not": {"camera": "mobile", "unstated": "false"}}, [({}, (TRUE, set()))]),
        ({"not": {"use": "tracking", "unstated": "unknown"}},
         [({}, (OPEN, {("missing", "use")}))])]
    differences = []
    for when, rows in tables:
        records = bench.judge([{"actor": BYSTANDER, **request} for request, _ in rows], when)
        for (request, answer), record in zip(rows, records):
            differences += difference(record, answer, f"{when} of {request}")
    tap.test(f"atoms that say what unstated means ({sum(len(rows) for _, rows in tables)} rows)",
             differences)


# Exceptions: the clause's own condition, a ground and two conditions, each in every state.
BASES = [({"kind": "police"}, (TRUE, set())), ({"kind": "business"}, (FALSE, set())),
         ({"kind": None}, (OPEN, {("questioned", "party.kind")}))]
GROUNDS = {  # ground: what is said, and what that makes of it
    ("camera", "mobile"): [({"camera": "mobile"}, (TRUE, set())),
                           ({"camera": "fixed"}, (FALSE, set())), ({}, (FALSE, set())),
                           ({"camera": None}, (OPEN, {("questioned", "camera")}))],
    ("use", "tracking"): [({"uses": ["tracking"]}, (TRUE, set())),
                          ({"not_uses": ["tracking"]}, (FALSE, set())), ({}, (FALSE, set())),
                          ({"uses": None}, (OPEN, {("questioned", "use")})),
                          ({"uses": ["tracking"], "not_uses": ["tracking"]},
                           (OPEN, {("conflict", "use")}))]}
REQUIRED = [[({axis: value}, (TRUE, set())), ({axis: rival}, (FALSE, set())),
             ({}, (OPEN, {("missing", axis)})), ({axis: None}, (OPEN, {("questioned", axis)}))]
            for axis, value, rival in ONE[1:]]


def exceptions(tap, bench):
    differences, rows = [], 0
    conditions = [{axis: value} for axis, value, _ in ONE[1:]]
    for (axis, value), states in GROUNDS.items():
        cases = list(itertools.product(BASES, states, *REQUIRED))
        requests = [{"actor": base[0], **{k: v for part in parts for k, v in part[0].items()}}
                    for base, *parts in cases]
        records = bench.judge(requests, {"party": {"kind": "police"}},
                              **{"except": [{"ground": {axis: value}, "conditions": conditions}]})
        for request, (base, *parts), record in zip(requests, cases, records):
            excepted = combine([answer for _, answer in parts], FALSE, TRUE)
            rows += 1
            differences += difference(
                record, combine([base[1], kleene_not(excepted)], FALSE, TRUE), request)
    tap.test(f"exceptions with a ground and two conditions ({rows} rows)", differences)


def silence(tap, bench):
    """Silence buys no exception, whatever its ground and conditions look like."""
    police = {"actor": {"kind": "police", "jurisdiction": "US"}}
    camera, use, place = {"camera": "mobile"}, {"use": "tracking"}, {"environment": "controlled"}

    def verdicts(exception, *requests):
        return [record["verdict"] for record in
                bench.judge([{**police, **request} for request in requests],
                            {"party": {"kind": "police"}}, **{"except": exception})]

    grounds = [camera, use, {"not": camera}, {"not": use}, {"all": [camera, {"not": use}]},
               {"any": [use, {"not": camera}]}, {"party": {"kind": "justice"}},
               {"not": {"party": {"kind": "justice"}}}]
    for ground in grounds:
        got = verdicts([{"ground": ground}], {})
        tap.test(f"a request that says nothing of {ground} has no exception by it",
                 [f"{got[0]}, expected deny"] if got != ["deny"] else [])
    got = verdicts([{"ground": camera, "conditions": [use]}],
                   {"camera": "mobile"}, {"camera": None},
                   {"camera": "mobile", "not_uses": ["tracking"]},
                   {"camera": "mobile", "uses": ["tracking"]}, {})
    wanted = ["undecided", "undecided", "deny", "allow", "deny"]
    tap.test("a condition that nobody states leaves an exception open, on an axis of uses too",
             [f"{got}, expected {wanted}"] if got != wanted else [])
    got = verdicts([{"ground": camera, "conditions": [place]}, {"ground": use}],
                   {"camera": "mobile", "environment": "controlled"}, {"uses": ["tracking"]},
                   {"camera": "mobile"}, {"camera": "mobile", "environment": "uncontrolled"},
                   {"camera": "mobile", "uses": ["tracking"]})
    wanted = ["allow", "allow", "undecided", "deny", "allow"]
    tap.test("either of two exceptions will do",
             [f"{got}, expected {wanted}"] if got != wanted else [])


def company(tap, bench):
    """What lifts a denial lifts it of all that is told, not of some."""
    lifted = [({"uses": ["redaction"]}, "allow"), ({"uses": ["redaction", "tracking"]}, "deny"),
              ({"uses": {"redaction": True, "tracking": None}}, "undecided"),
              ({"uses": {"redaction": True, "tracking": False}}, "allow"),
              ({"uses": ["redaction", "redaction"]}, "allow")]
    broader = [({"uses": ["verification"]}, "allow"),
               ({"uses": ["verification", "facial-recognition"]}, "undecided"),
               ({"uses": ["verification", "identification"]}, "undecided")]
    one = [({"camera": "body-worn"}, "allow"), ({"camera": ["body-worn", "fixed"]}, "deny"),
           ({"camera": ["body-worn", "mobile"]}, "allow"), ({"camera": ["body-worn", None]},
                                                            "undecided")]
    police = {"party": {"kind": "police"}}
    for name, when, exceptions_, rows in [
            ("a ground", police, [{"ground": {"use": "redaction"}}], lifted),
            ("a negation", {"all": [police, {"not": {"use": "redaction"}}]}, [], lifted),
            ("where the clause asks for the axis", {"all": [police, {"use": "facial-recognition"}]},
             [{"ground": {"use": "verification"}}], broader),
            ("of one value", police, [{"ground": {"camera": "body-worn"}}], one)]:
        records = bench.judge([{"actor": {"kind": "police"}, **request} for request, _ in rows],
                              when, **{"except": exceptions_})
        tap.test(f"what stands beside what lifts a denial: {name}",
                 [f"{request}: {record['verdict']}, expected {wanted}" for (request, wanted), record
                  in zip(rows, records) if record["verdict"] != wanted])


def run(tap, binary, folder):
    bench = Bench(binary, folder)
    for table in (connectives, overrides, exceptions, silence, company):
        table(tap, bench)
