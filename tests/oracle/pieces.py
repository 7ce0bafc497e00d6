"""Facts said in pieces: arrays, denials, slips of the pen, and a place said once for all."""
from harness import judge

# Denied unless a row changes a fact: by the clause on police in the United States alone, and
# by the one on live recognition with mobile cameras alone.
AMERICAN = {"actor": {"kind": "police", "jurisdiction": "US"}, "uses": ["facial-recognition"],
            "camera": "fixed"}
FRENCH = {"actor": {"kind": "police", "jurisdiction": "FR"}, "uses": ["facial-recognition"],
          "camera": "mobile", "environment": "uncontrolled", "timing": "real-time"}
GIBBERISH = "zeppelin guild"
ABSENT = object()


def actor(**changes):
    return {"actor": {**AMERICAN["actor"], **changes}}


TABLES = [
    ("uses", AMERICAN, [
        ({}, "deny"),
        ({"uses": "facial-recognition"}, "deny"),
        ({"uses": ["redaction", "facial-recognition"]}, "deny"),
        ({"uses": ["facial-recognition"], "not_uses": ["verification"]}, "deny"),
        ({"uses": ["facial-recognition"], "not_uses": ["facial-recognition"]}, "undecided"),
        ({"uses": ["identification"], "not_uses": ["facial-recognition"]}, "undecided"),
        ({"uses": ["facial-recognition"], "not_uses": ["biometric-identification"]}, "undecided"),
        ({"uses": ["biometric-identification", "redaction"]}, "undecided"),
        ({"uses": ["biometric-identification", "voice-identification"]}, "undecided"),
        ({"uses": ["redaction", None]}, "undecided"),
        ({"uses": ["redaction", GIBBERISH]}, "undecided"),
        ({"uses": "unknown"}, "undecided"),
        ({"uses": ABSENT, "not_uses": None}, "undecided"),
        ({"uses": ["biometric-identification"], "not_uses": ["facial-recognition"]}, "allow"),
        ({"uses": ABSENT, "not_uses": ["facial-recognition"]}, "allow"),
        ({"uses": []}, "allow")]),
    ("parties", AMERICAN, [
        (actor(kind=["vendor", "police"]), "deny"),
        (actor(kind=["law-enforcement", "justice"]), "undecided"),
        (actor(kind={"law-enforcement": False}), "allow"),
        (actor(kind=["law-enforcement", {"police": False}]), "allow"),
        (actor(jurisdiction=["US", "FR"]), "deny"),
        (actor(jurisdiction=["FR", None]), "undecided"),
        (actor(jurisdiction=["FR", GIBBERISH]), "undecided"),
        (actor(jurisdiction={"US": False}), "allow"),
        ({"actor": [{"kind": "vendor", "jurisdiction": "FR"}, AMERICAN["actor"]]}, "deny"),
        ({"actor": [{"kind": "vendor", "jurisdiction": "US"}, FRENCH["actor"]]}, "allow"),
        ({"actor": {"kind": "police"}, "jurisdiction": "US"}, "deny"),
        ({"actor": "police", "jurisdiction": "US-TX"}, "deny"),
        ({"actor": {"kind": "police"}, "jurisdiction": "FR"}, "allow"),
        (actor(jurisdiction=None) | {"jurisdiction": "FR"}, "undecided")]),
    ("camera, surroundings and time", FRENCH, [
        ({}, "deny"),
        ({"camera": ["stored", "mobile"]}, "deny"),
        ({"timing": ["retrospective", "real-time"]}, "deny"),
        ({"environment": ["controlled", "uncontrolled"]}, "deny"),
        ({"camera": ["stored", "mobile"], "timing": ABSENT}, "undecided"),
        ({"camera": {"body-worn": False}}, "undecided"),
        ({"camera": ["fixed", None]}, "undecided"),
        ({"camera": ["fixed", GIBBERISH]}, "undecided"),
        ({"timing": ["retrospective", "unknown"]}, "undecided"),
        ({"camera": "stored", "timing": ABSENT}, "allow"),
        ({"camera": ["stored", "fixed"]}, "allow"),
        ({"camera": {"mobile": False}}, "allow"),
        ({"timing": {"real-time": False}}, "allow")]),
    ("members misspelt", AMERICAN, [
        ({"uses": ABSENT, "usess": ["redaction"]}, "undecided"),
        ({"actor": ABSENT, "acter": FRENCH["actor"]}, "undecided"),
        ({"actor": {"kind": "police", "juristiction": "FR"}}, "undecided"),
        ({"actor": {"knd": "vendor", "jurisdiction": "US"}}, "undecided"),
        ({"colour": "blue"}, "deny")]),
    ("members misspelt", FRENCH, [
        ({"camera": ABSENT, "camra": "fixed"}, "undecided"),
        ({"timing": ABSENT, "timming": "retrospective"}, "undecided")]),
]


def run(tap, binary):
    for name, base, rows in TABLES:
        requests = [{key: value for key, value in {**base, **changes}.items()
                     if value is not ABSENT} for changes, _ in rows]
        records = judge(binary, requests)
        tap.test(f"facts said in pieces: {name} ({len(rows)} rows)",
                 [f"{request}: {record['verdict']}, expected {wanted}"
                  for request, record, (_, wanted) in zip(requests, records, rows)
                  if record["verdict"] != wanted])
