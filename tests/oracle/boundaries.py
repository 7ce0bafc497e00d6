"""usage: boundaries.py BINARY

Uses at the edge of what policies prohibit, as declared requests, under each of them. A reading
is D (denied), A (allowed) or C (it depends); where the file of a policy reads a case otherwise,
or splits it, a note says why. TAP.
"""
import sys

from harness import Tap, judge

COLUMNS = {
    "MSerr": ["-p", "azure-openai", "--as-of", "2024-05-02", "--known-at", "2024-05-02"],
    "MS18/19": ["-p", "azure-openai", "--as-of", "2024-05-10"],
    "MSv4": ["-p", "microsoft-enterprise-ai", "-p", "azure-openai"],
    "OAI": ["-p", "openai-usage"],
    "AWS": ["-p", "aws-rekognition"],
    "EU": ["-p", "eu-ai-act"],
}
VERDICTS = {"D": "deny", "A": "allow", "?": "undecided"}


def party(kind, jurisdiction):
    return {"kind": kind, "jurisdiction": jurisdiction}


def case(title, readings, request, **splits):
    """`readings`: one for each column; `splits`: for a column, (verdict, changes, note)..."""
    return title, dict(zip(COLUMNS, readings.split())), request, splits


LIVE = {"timing": "real-time", "public_space": True, "environment": "uncontrolled"}
STORED = {"timing": "retrospective", "camera": "stored", "environment": "controlled",
          "public_space": False}
INVESTIGATION = {"purpose": "criminal-investigation"}
APPROVED = {"vendor_approval": True}
CONDITIONS = {"authorisation": True, "impact_assessment": True, "registration": True}
ALL_CONDITIONS = {**CONDITIONS, "permitted_by_law": True, "limited": True}
CHILD = {"actor": party("police", "FR"), "uses": ["identification"], **LIVE,
         "purpose": ["victim-search", "missing-person"]}

UNLESS_APPROVED = [
    ("D", {}, "approval is an exception, and nobody claims it"),
    ("D", {"vendor_approval": False}, "approval was refused"),
    ("?", {"vendor_approval": "unknown"}, "whether it was approved is open"),
    ("A", APPROVED, "approved"),
]
UNLESS_APPROVED_LIVE = [
    *UNLESS_APPROVED[:2],
    ("?", {"vendor_approval": "unknown", "consent": True}, "whether it was approved is open"),
    ("D", APPROVED, "approval lifts item 15; live identification is item 17 too"),
    ("A", {**APPROVED, "consent": True}, "approved, and the people consented"),
]
IF_INVESTIGATION = [
    ("?", {}, "the clause needs a criminal investigation, which the case does not state"),
    ("D", INVESTIGATION, "a criminal investigation is stated"),
    ("A", {"purpose": "missing-person"}, "a missing person is stated"),
]
NOT_LIVE = [("A", {}, "searched afterwards: neither a live identification nor a database")]
IF_LIVE = [
    ("?", {}, "when and where it is done is not said"),
    ("A", {"timing": "retrospective"}, "afterwards"),
    ("D", {"timing": "real-time", "public_space": True}, "live in public"),
]
ELSEWHERE = [("A", {}, "not applicable: all parties are told to be outside the Union")]

CASES = [
    case("a city's police in the US match a photograph with mugshots in the back office",
         "D D D A/C D n/a",
         {"actor": party("police", "US-IL"), "uses": ["identification"], **STORED,
          **INVESTIGATION}, OAI=NOT_LIVE, EU=ELSEWHERE),
    case("police in the US draft reports from body-camera audio", "D A A A A n/a",
         {"actor": party("police", "US-CO"), "uses": ["transcription", "report-drafting"],
          "camera": "body-worn", **INVESTIGATION}, EU=ELSEWHERE),
    case("a vendor builds facial recognition for a county's police in the US", "D D D C D n/a",
         {"actor": party("vendor", "US-WA"), "on_behalf_of": [party("local-police", "US-TX")],
          "uses": ["facial-recognition"], **INVESTIGATION}, OAI=IF_LIVE, EU=ELSEWHERE),
    case("French police, live by body cameras on the street", "A D D D D D",
         {"actor": party("police", "FR"), "uses": ["identification"], "camera": "body-worn",
          **LIVE}, AWS=IF_INVESTIGATION),
    case("French police, live by fixed cameras in a station", "A A D D D D",
         {"actor": party("police", "FR"), "uses": ["identification"], "camera": "fixed", **LIVE},
         MSv4=UNLESS_APPROVED_LIVE, AWS=IF_INVESTIGATION),
    case("German police, fixed cameras in a custody suite, enrolled detainees", "A A C A/C D A",
         {"actor": party("police", "DE"), "uses": ["identification"], "camera": "fixed",
          "environment": "controlled", "timing": "real-time", "public_space": False},
         MSv4=UNLESS_APPROVED_LIVE,
         OAI=[("A", {}, "no public space")], AWS=IF_INVESTIGATION),
    case("German police search stored recordings of fixed cameras the next day", "A A C A/C D A",
         {"actor": party("police", "DE"), "uses": ["identification"], "camera": "fixed",
          "timing": "retrospective", "public_space": True},
         MSv4=UNLESS_APPROVED, OAI=NOT_LIVE, AWS=IF_INVESTIGATION),
    case("an FBI agent's phone at a protest, live", "A D D D A? n/a",
         {"actor": party("fbi", "US"), "uses": ["identification"], "camera": "handheld", **LIVE,
          **INVESTIGATION},
         AWS=[("A", {}, "a federal agency is no police department")], EU=ELSEWHERE),
    case("ICE searches photographs afterwards", "A A C C A? n/a",
         {"actor": party("ice", "US"), "uses": ["identification"], **STORED, **INVESTIGATION},
         MSv4=UNLESS_APPROVED, OAI=NOT_LIVE,
         AWS=[("A", {}, "a federal agency is no police department")], EU=ELSEWHERE),
    case("police in the US look for a missing child by face", "D D D C A n/a",
         {"actor": party("police", "US-OH"), "uses": ["facial-recognition"],
          "purpose": "missing-person"}, OAI=IF_LIVE, EU=ELSEWHERE),
    case("European police look for an abducted child live, every condition met", "A C C D A A",
         {**CHILD, **ALL_CONDITIONS, "camera": "fixed"},
         **{"MS18/19": [("A", {}, "fixed cameras"), ("D", {"camera": "body-worn"}, "mobile ones"),
                        ("?", {"camera": None}, "the camera is open")]},
         MSv4=UNLESS_APPROVED_LIVE,
         EU=[("A", {}, "every condition of the Act is stated"),
             ("?", {"permitted_by_law": None, "limited": None},
              "a judge's order, an assessment and a registration are not all: national law and "
              "the limits are conditions too")]),
    case("the same without authorisation", "A C C D A D",
         {**CHILD, **ALL_CONDITIONS, "camera": "fixed", "authorisation": False},
         **{"MS18/19": [("A", {}, "fixed cameras"),
                        ("D", {"camera": "body-worn"}, "mobile ones")]},
         MSv4=UNLESS_APPROVED_LIVE),
    case("a mall compares its visitors with a list of shoplifters, live", "A A D D A A",
         {"actor": party("mall", "IT"), "uses": ["identification"], "camera": "fixed", **LIVE,
          "purpose": "loss prevention"}, MSv4=UNLESS_APPROVED_LIVE),
    case("a mall does so for the police in the US", "D D D D D D",
         {"actor": party("mall", "US-NV"), "on_behalf_of": [party("police", "US-NV")],
          "uses": ["identification"], "camera": "fixed", **LIVE, "purpose": "ordinary-crime"},
         EU=[("A", {}, "not applicable in the United States"),
             ("D", {"actor": party("mall", "IT"), "on_behalf_of": [party("police", "IT")]},
              "the same in Italy: on behalf of the police")]),
    case("police in the US blur bystanders' faces", "D A A A A n/a",
         {"actor": party("police", "US-WA"), "uses": ["redaction", "face-detection"],
          "camera": "body-worn", "timing": "retrospective"}, EU=ELSEWHERE),
    case("police in the US unlock their staff's tablets by face", "D D D A A n/a",
         {"actor": party("police", "US-WA"), "uses": ["verification"], "camera": "handheld",
          "environment": "controlled", "timing": "real-time", "public_space": False,
          "consent": True, "purpose": "access-control"}, EU=ELSEWHERE),
    case("police in the US read licence plates from the dashboard", "D A A A A n/a",
         {"actor": party("police", "US-AZ"), "uses": ["plate-reading"], "camera": "dash", **LIVE,
          **INVESTIGATION}, EU=ELSEWHERE),
    case("a sheriff in the US identifies inmates at booking", "D? D/? D/C C D? n/a",
         {"actor": party("sheriff", "US-FL"), "uses": ["identification"],
          "camera": "booking camera", "environment": "controlled", "timing": "real-time",
          "public_space": False},
         MSerr=[("D", {}, "a sheriff is read as police, as the issuer's Face documents do")],
         **{"MS18/19": [("D", {}, "likewise")]},
         MSv4=[("D", {}, "likewise"), ("D", APPROVED, "approval does not lift item 18")],
         OAI=[("A", {}, "no public space")],
         AWS=[*IF_INVESTIGATION, ("A", {"purpose": "administration"}, "mere booking is stated")],
         EU=ELSEWHERE),
    case("Canadian police identify people in body-camera recordings after the shift",
         "A A? C C D n/a",
         {"actor": party("police", "CA-AB"), "uses": ["identification"], "camera": "body-worn",
          **LIVE, "timing": "retrospective"},
         **{"MS18/19": [("A", {}, "not real time"),
                        ("A", {"timing": "near-real-time"},
                         "a short delay is not real time by the words of item 19")]},
         MSv4=UNLESS_APPROVED,
         OAI=[*NOT_LIVE, ("D", {"timing": "near-real-time"}, "a short delay counts as live")],
         AWS=IF_INVESTIGATION, EU=ELSEWHERE),
    case("British police identify passers-by live from a van in a high street",
         "A A/D? D D D n/a",
         {"actor": party("police", "GB"), "uses": ["identification"], **LIVE},
         **{"MS18/19": [("?", {}, "whether a parked van's camera is mobile is not said"),
                        ("D", {"camera": "vehicle"}, "called a vehicle's camera: mobile"),
                        ("A", {"camera": "fixed"}, "called a fixed camera")]},
         AWS=IF_INVESTIGATION, EU=ELSEWHERE),
    case("a defence department makes pictures that train a battle system", "A A A D/C C n/a",
         {"actor": party("dod", "US"), "uses": ["synthetic images", "battle management"]},
         OAI=[("D", {}, "battle management is the use of weapons"),
              ("?", {"uses": ["synthetic images", "national-security"]},
               "no weapon is named: whether the issuer approved it is not said"),
              ("A", {"uses": ["synthetic images", "national-security"], **APPROVED},
               "no weapon is named, and approved")],
         AWS=[("A", {}, "the sections are on comparing faces, and nobody compares any")],
         EU=[("A", {}, "out of scope"),
             ("A", {"purpose": "defence", "eu_market": True}, "out of scope in the Union too")]),
    case("an employer infers the emotions of staff from video", "A A D D A D",
         {"actor": party("employer", "ES"), "uses": ["emotion-inference"],
          "setting": "workplace"}),
    case("a novelist writes about an officer who uses facial recognition", "A A A A A n/a",
         {"actor": party("individual", "US"), "uses": ["writing"]}, EU=ELSEWHERE),
    case("a museum, no police, recognises the people in its archive", "A A C A/C A A",
         {"actor": {"kind": {"charity": True, "law-enforcement": False}, "jurisdiction": "DE"},
          "uses": ["facial-recognition"], **STORED, "purpose": "archive"},
         MSv4=UNLESS_APPROVED, OAI=NOT_LIVE),
]


def changed(request, changes):
    """The request with members replaced, or taken out where the change is None."""
    return {key: value for key, value in {**request, **changes}.items() if value is not None}


def rows(column):
    """(name, request, verdict) for every reading of a column."""
    for number, (title, readings, request, splits) in enumerate(CASES, 1):
        given = readings[column]
        if column not in splits and given not in VERDICTS:
            raise ValueError(f"case {number}, {column}: nothing settles {given}")
        for reading, changes, note in splits.get(column, [(given, {}, "as given")]):
            yield (f"{number} {title} ({given}): {note}", changed(request, changes),
                   VERDICTS[reading])


def main(binary):
    tap = Tap()
    for column, options in COLUMNS.items():
        table = list(rows(column))
        records = judge(binary, [request for _, request, _ in table], *options)
        for (name, _, wanted), record in zip(table, records):
            clauses = [entry["clause"] for entry in record["clauses"] + record["open"]]
            good = record["verdict"] == wanted and not record["notes"]
            tap.test(f"{column}: {name}", [] if good else
                     [f"{record['verdict']} by {clauses} {record['notes']}, expected {wanted}"])
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
