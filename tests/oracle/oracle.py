#!/usr/bin/env python3
"""Every combination of the facts that the azure-openai policy asks about, against an oracle.

usage: oracle.py PROVISO

The oracle states once more, apart from the engine, what facts mean and what the
policy says; the test judges each combination, stated or not, under three
readings of the policy and compares everything that decides. Prints TAP.
"""
import functools
import itertools
import sys

from harness import Run, Tap, lines, reasons

TRUE, FALSE, OPEN = "true", "false", "open"

# What the vocabulary says of the values used here.
BROADER = {
    "police": ["law-enforcement"], "sheriff": ["police"],
    "federal-law-enforcement": ["law-enforcement"],
    "facial-recognition": ["biometric-identification"], "verification": ["facial-recognition"],
    "body-worn": ["mobile"], "US-IL": ["US"],
}
LEAVES_OPEN = {"stored": ["mobile", "fixed"]}
UNKNOWN_IF_UNSTATED = {"party.jurisdiction", "camera", "environment", "timing"}

# What a request can say about one axis. UNSTATED leaves the member out.
UNSTATED = object()
GIBBERISH = "zeppelin guild"
KINDS = [UNSTATED, "police", "sheriff", "law-enforcement", "federal-law-enforcement", "vendor",
         None, GIBBERISH]
JURISDICTIONS = [UNSTATED, "US", "US-IL", "FR", None]
POSITIONS = ["acting", "served by a vendor", "served", "acting for a vendor"]
USES = [UNSTATED, "facial-recognition", "verification", "redaction",
        {"facial-recognition": False}, {"facial-recognition": None}, None,
        "biometric-identification"]
CAMERAS = [UNSTATED, "mobile", "body-worn", "fixed", "stored", "none", None, ["mobile", "fixed"]]
ENVIRONMENTS = [UNSTATED, "uncontrolled", "controlled", None]
TIMINGS = [UNSTATED, "real-time", "near-real-time", "retrospective", None]
VENDOR = {"kind": "vendor", "jurisdiction": "US"}

NOBODY = (UNSTATED, UNSTATED, "nobody")
PARTIES = [NOBODY, *itertools.product(KINDS, JURISDICTIONS, POSITIONS)]
COMBINATIONS = [(*party, *rest) for party in PARTIES
                for rest in itertools.product(USES, CAMERAS, ENVIRONMENTS, TIMINGS)]


def stated(**members):
    return {name: value for name, value in members.items() if value is not UNSTATED}


def parties(kind, jurisdiction, position):
    """(actor, served) as a request holds them."""
    party = stated(kind=kind, jurisdiction=jurisdiction)
    return {"nobody": (UNSTATED, UNSTATED), "acting": (party, UNSTATED),
            "served": (UNSTATED, [party]), "served by a vendor": (VENDOR, [party]),
            "acting for a vendor": (party, [VENDOR])}[position]


def request(number, combination):
    kind, jurisdiction, position, use, camera, environment, timing = combination
    actor, served = parties(kind, jurisdiction, position)
    uses = [use] if isinstance(use, str) else use
    return stated(id=number, actor=actor, on_behalf_of=served, uses=uses, camera=camera,
                  environment=environment, timing=timing)


@functools.cache
def ancestors(value):
    return {value}.union(*(ancestors(broader) for broader in BROADER.get(value, [])))


def truth(axis, asked, told):
    """What `told` makes of a value: a truth, and the set of reasons if it is open."""
    def open_because(reason):
        return OPEN, {(reason, axis)}

    if told is UNSTATED:
        return open_because("missing") if axis in UNKNOWN_IF_UNSTATED else (FALSE, set())
    if told is None or told == GIBBERISH:
        return open_because("questioned")
    if isinstance(told, dict):
        if told.get(asked, False) is None:
            return open_because("questioned")
        said = [value for value, there in told.items() if there]
        denied = any(told[value] is False for value in ancestors(asked) & told.keys())
    else:
        said, denied = told if isinstance(told, list) else [told], False
    asserted = any(asked in ancestors(value) for value in said)
    if asserted:
        return open_because("conflict") if denied else (TRUE, set())
    left_open = any(value in ancestors(asked) or asked in LEAVES_OPEN.get(value, [])
                    for value in said)
    # Else it is a rival of what is said, or on an axis that holds many, not there.
    return open_because("questioned") if left_open and not denied else (FALSE, set())


def combine(answers, absorbing, neutral):
    """Kleene's AND (absorbing FALSE) and OR (absorbing TRUE)."""
    answers = list(answers)
    truths = {answer for answer, _ in answers}
    if absorbing in truths:
        return absorbing, set()
    if OPEN in truths:
        return OPEN, set().union(*(why for answer, why in answers if answer == OPEN))
    return neutral, set()


def both(*answers):
    return combine(answers, FALSE, TRUE)


@functools.cache
def any_party(kind, jurisdiction, position, /, **asked):
    """One and the same party, acting or served, that is all that is asked."""
    present = [] if position == "nobody" else [{"kind": kind, "jurisdiction": jurisdiction}]
    if position.endswith("a vendor"):
        present.append(VENDOR)
    return combine((both(*(truth(f"party.{name}", value, party[name])
                           for name, value in asked.items())) for party in present), TRUE, FALSE)


def us_police_any_use(combination):
    return any_party(*combination[:3], kind="police", jurisdiction="US")


def us_police_facial_recognition(combination):
    return both(any_party(*combination[:3], kind="police", jurisdiction="US"),
                truth("use", "facial-recognition", combination[3]))


def law_enforcement_mobile_real_time(combination):
    use, camera, environment, timing = combination[3:]
    if camera == "stored" and timing is UNSTATED:
        timing = "retrospective"
    return both(any_party(*combination[:3], kind="law-enforcement"),
                truth("use", "facial-recognition", use), truth("camera", "mobile", camera),
                truth("environment", "uncontrolled", environment),
                truth("timing", "real-time", timing))


CORRECTED = (("us-police-facial-recognition", us_police_facial_recognition),
             ("law-enforcement-mobile-real-time", law_enforcement_mobile_real_time))
READINGS = [
    ("as first published", ["--as-of", "2024-05-02", "--known-at", "2024-05-02"], "2024-05-01",
     (("us-police-any-use", us_police_any_use),)),
    ("as corrected", ["--as-of", "2024-05-10"], "2024-05-03", CORRECTED),
    ("as of its review", [], "2026-05-01", CORRECTED),
]


def nothing_said(combination):
    return all(value is UNSTATED for value in combination[:2] + combination[3:]) and \
        not combination[2].endswith("a vendor")


def expected(combination, clauses):
    """Verdict, clauses that decide it, and for undecided (clause, reasons) of each open one."""
    if nothing_said(combination):
        return "invalid", [], []
    answers = [(name, *clause(combination)) for name, clause in clauses]
    met = [name for name, answer, _ in answers if answer == TRUE]
    unsettled = [(name, why) for name, answer, why in answers if answer == OPEN]
    if met:
        return "deny", met, []
    return ("undecided", [], unsettled) if unsettled else ("allow", [], [])


@functools.cache
def decisions(clauses):
    """What is expected of every combination."""
    return [expected(combination, clauses) for combination in COMBINATIONS]


def status(verdicts):
    return next((code for verdict, code in (("invalid", 2), ("deny", 1), ("undecided", 3))
                 if verdict in verdicts), 0)


def shown(combination):
    names = ["kind", "jurisdiction", "position", "uses", "camera", "environment", "timing"]
    return ", ".join(f"{name} {value}" for name, value in zip(names, combination)
                     if value is not UNSTATED)


def compare(record, number, revision, verdict, met, unsettled):
    """What was found and what was expected, by aspect."""
    opened = [(entry["clause"], reasons(entry)) for entry in record["open"]]
    yield "one verdict each, in order", (record["n"], record.get("id")), (number, number)
    yield "verdict", record["verdict"], verdict
    yield "clauses that decide", [entry["clause"] for entry in record["clauses"]], met
    if verdict == "undecided":
        yield "open facts", opened, unsettled
    if verdict != "invalid":
        judged = [(entry["policy"], entry["revision"]) for entry in record["judged_by"]]
        yield "revision", judged, [("azure-openai", revision)]


def judge_reading(tap, binary, given, reading, options, revision, clauses):
    found, seen = {}, 0
    run = Run(binary, given, *options)
    for record, combination, decided in zip(run, COMBINATIONS, decisions(clauses)):
        seen += 1
        for aspect, got, wanted in compare(record, seen, revision, *decided):
            differences = found.setdefault(aspect, [])
            if got != wanted:
                differences.append(f"{shown(combination)}: {got}, expected {wanted}")
    judged = f"{seen} combinations, none skipped" if seen == len(COMBINATIONS) else \
        f"{seen} of {len(COMBINATIONS)} combinations"
    for aspect, differences in found.items():
        tap.test(f"{reading}: {aspect} ({judged})", differences)
    wanted = status({verdict for verdict, *_ in decisions(clauses)})
    complete = seen == len(COMBINATIONS) and run.status == wanted
    tap.test(f"{reading}: exit status and completeness ({judged})",
             [] if complete else [f"status {run.status}, {judged}; {run.errors[:300]}"])


def main(binary):
    tap = Tap()
    given = lines(request(i, combination) for i, combination in enumerate(COMBINATIONS, 1))
    for reading in READINGS:
        judge_reading(tap, binary, given, *reading)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
