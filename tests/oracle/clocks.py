"""Two clocks: which revision judges, for every pair of days around every change."""
import datetime
import json
import pathlib

from harness import Run, judge, lines

# Name, published, in force, corrects. A mistake and its correction; a text published long
# before it binds; a mistake corrected twice.
REVISIONS = [("one", "2024-01-01", "2024-01-01", None),
             ("two", "2024-02-10", "2024-02-10", "one"),
             ("three", "2024-03-01", "2024-04-01", None),
             ("four", "2024-05-01", "2024-05-01", None),
             ("five", "2024-05-03", "2024-05-03", "four"),
             ("six", "2024-06-01", "2024-06-01", "five")]
NAMES = [name for name, *_ in REVISIONS]
SPANS = [(since, until) for i, since in enumerate(NAMES) for until in [*NAMES[i + 1:], None]]
POLICE = {"actor": {"kind": "police"}}


def day(text, shift=0):
    return (datetime.date.fromisoformat(text) + datetime.timedelta(days=shift)).isoformat()


DAYS = sorted({day(date, shift) for _, *dates, _ in REVISIONS for date in dates
               for shift in (-1, 0, 1)})


def kept(known_at):
    """The revisions that count, as (in force, name): a corrector takes over its day."""
    known = {name: (published, in_force, corrects)
             for name, published, in_force, corrects in REVISIONS
             if known_at is None or published <= known_at}
    begins = {}
    for name, (_, in_force, corrects) in known.items():
        begins[name] = begins.pop(corrects) if corrects in begins else in_force
    return [(begin, name) for name, begin in begins.items()]


def revision(as_of, known_at):
    """The name of the revision that judges a day, or None."""
    return max((entry for entry in kept(known_at) if entry[0] <= as_of), default=(None, None))[1]


def standing(name):
    """The clauses of a revision, in file order."""
    at = NAMES.index(name)
    return [clause(*span) for span in SPANS
            if NAMES.index(span[0]) <= at and (span[1] is None or at < NAMES.index(span[1]))]


def clause(since, until):
    return f"{since}-{until or 'now'}"


def policy(folder, spans, name="clocks"):
    revisions = [{"revision": revision, "published": published, "in_force": in_force,
                  **({"corrects": corrects} if corrects else {})}
                 for revision, published, in_force, corrects in REVISIONS]
    clauses = [{"clause": clause(since, until), "since": since, "until": until,
                "when": {"party": {"kind": "police"}}} for since, until in spans]
    path = pathlib.Path(folder, f"{name}.json")
    path.write_text(json.dumps({"policy": name, "reviewed": "2024-06-30", "revisions": revisions,
                                "clauses": clauses}))
    return str(path)


def difference(record, name, what):
    met = [entry["clause"] for entry in record["clauses"]]
    judged = [entry["revision"] for entry in record["judged_by"]]
    if name is None:
        good = record["verdict"] == "undecided" and not met
    else:
        good = (record["verdict"], judged, met) == ("deny", [name], standing(name))
    if not good:
        yield f"{what}: {record['verdict']} by {judged} {met}, expected revision {name}"


def tables(tap, binary, path):
    differences, rows = [], 0
    for known_at in [None, *DAYS]:
        options = ["-p", path] + (["--known-at", known_at] if known_at else [])
        dated = judge(binary, [{**POLICE, "date": as_of} for as_of in DAYS],
                      *options, "--as-of", "record")
        for as_of, record in zip(DAYS, dated):
            rows += 1
            differences += difference(record, revision(as_of, known_at),
                                      f"record of {as_of}, known at {known_at}")
    tap.test(f"the revision for the day of a record, by what was known ({rows} rows)", differences)
    differences, rows = [], 0
    for as_of in DAYS:
        for known_at in (None, as_of, "2024-05-02"):
            options = ["--as-of", as_of] + (["--known-at", known_at] if known_at else [])
            record, = judge(binary, [{**POLICE, "date": "2024-04-02"}], "-p", path, *options)
            rows += 1
            differences += difference(record, revision(as_of, known_at),
                                      f"as of {as_of}, known at {known_at}")
    tap.test(f"the revision as of a day, whatever the record's date ({rows} rows)", differences)
    record, = judge(binary, [POLICE], "-p", path)
    tap.test("by default, as of the review and with all that is in the file",
             difference(record, revision("2024-06-30", None), "default"))
    later, = judge(binary, [POLICE], "-p", path, "--as-of", "2031-01-01")
    noted = [] if later["notes"] else ["no note"]
    tap.test("a day after the review is judged, with a note",
             [*difference(later, revision("2031-01-01", None), "2031-01-01"), *noted])


# A date as a record may write it, and the UTC day that it means.
WRITTEN = [
    ("2024-05-02", "2024-05-02"), ("2024-02-29", "2024-02-29"),
    ("2024-05-02T23:59:59Z", "2024-05-02"), ("2024-05-03T00:00:00Z", "2024-05-03"),
    ("2024-05-02T23:59:59.999999Z", "2024-05-02"), ("2024-03-31t23:59:59z", "2024-03-31"),
    ("2024-03-31T23:30:00-05:00", "2024-04-01"), ("2024-04-01T01:00:00+02:00", "2024-03-31"),
    ("2024-04-01T01:59:59+02:00", "2024-03-31"), ("2024-04-01T02:00:00+02:00", "2024-04-01"),
    ("2024-04-01T05:29:00+05:30", "2024-03-31"), ("2024-03-31T23:59:60Z", "2024-03-31"),
    (1711929599, "2024-03-31"), (1711929600, "2024-04-01"), (1711929599.5, "2024-03-31"),
    (1711929599999, "2024-03-31"), (1711929600000, "2024-04-01"), (1704067200, "2024-01-01"),
    (1704067199, "2023-12-31"), (0, "1970-01-01"), (-1, "1969-12-31"),
]
UNUSABLE = ["yesterday", "", None, True, [], {}, "2023-02-29", "2024-13-01", "2024-04-31",
            "2024-05-02T25:00:00Z", "2024-05-02T10:00:00", "02/05/2024", "2024-5-2", 1e300]


def dates(tap, binary, path, folder):
    records = judge(binary, [{**POLICE, "date": written} for written, _ in WRITTEN],
                    "-p", path, "--as-of", "record")
    tap.test(f"dates in RFC 3339, in seconds and in milliseconds ({len(WRITTEN)} rows)",
             [line for (written, means), record in zip(WRITTEN, records)
              for line in difference(record, revision(means, None), f"{written!r}")])
    undated = [POLICE, *({**POLICE, "date": written} for written in UNUSABLE)]
    always = policy(folder, [("one", None)], "always")
    later = policy(folder, [("three", None)], "later")
    mistaken = policy(folder, [("one", "two")], "mistaken")
    for path, options, wanted in ((always, [], "deny"), (later, [], "undecided"),
                                  (mistaken, [], "allow"),
                                  (later, ["--known-at", "2024-02-10"], "allow"),
                                  (mistaken, ["--known-at", "2024-02-09"], "deny")):
        records = judge(binary, undated, "-p", path, "--as-of", "record", *options)
        differences = [f"{request.get('date', 'no date')!r}: {record['verdict']}, expected {wanted}"
                       for request, record in zip(undated, records) if record["verdict"] != wanted]
        if wanted == "undecided":
            differences += [f"{request}: date is not missing in {record['open']}"
                            for request, record in zip(undated, records)
                            if not any("date" in entry["missing"] for entry in record["open"])]
        tap.test(f"without a usable date every revision judges: {pathlib.Path(path).stem} "
                 f"{' '.join(options)} is {wanted} ({len(undated)} rows)", differences)
    for option in ("--as-of", "--known-at"):
        bad = Run(binary, lines([POLICE]), "-p", path, option, "2024-02-30")
        printed = list(bad)
        tap.test(f"{option} with a day that does not exist is refused",
                 [] if bad.status == 2 and not printed else [f"status {bad.status}, {printed}"])


def run(tap, binary, folder):
    path = policy(folder, SPANS)
    tables(tap, binary, path)
    dates(tap, binary, path, folder)
