"""Nothing fails open: what a request leaves open can be filled in any way without
turning an allow or a deny, and an undecided is only that because fillings differ."""
import itertools

import oracle
from harness import Run, lines

# The definite values that each thing said may turn out to mean. What is not named is definite.
FORCES = ["police", "sheriff", "federal-law-enforcement"]
PLACES = ["US", "US-IL", "FR"]
USES = ["facial-recognition", "verification", "redaction"]
CAMERAS = ["mobile", "body-worn", "fixed", "none"]
SURROUNDINGS = ["uncontrolled", "controlled"]
SPEEDS = ["real-time", "near-real-time", "retrospective"]
FILLINGS = [
    (oracle.KINDS, [("law-enforcement", FORCES), (None, [*FORCES, "vendor"]),
                    (oracle.GIBBERISH, [*FORCES, "vendor"])]),
    (oracle.JURISDICTIONS, [(oracle.UNSTATED, PLACES), (None, PLACES)]),
    (oracle.POSITIONS[:2], []),
    (oracle.USES, [(None, USES), ("biometric-identification", USES),
                   ({"facial-recognition": None}, USES)]),
    (oracle.CAMERAS, [(oracle.UNSTATED, CAMERAS), (None, CAMERAS), ("stored", CAMERAS[:3])]),
    (oracle.ENVIRONMENTS, [(oracle.UNSTATED, SURROUNDINGS), (None, SURROUNDINGS)]),
    (oracle.TIMINGS, [(oracle.UNSTATED, SPEEDS), (None, SPEEDS)]),
]
CAMERA, TIMING = 4, 6
STORED, UNSAID = oracle.CAMERAS.index("stored"), oracle.TIMINGS.index(oracle.UNSTATED)
AFTERWARDS = oracle.TIMINGS.index("retrospective")


def by_index():
    """FILLINGS with indices into the options instead of values."""
    for options, fillings in FILLINGS:
        yield [[options.index(filling) for filling in
                next((means for said, means in fillings if said == option), [option])]
               for option in options]


def verdicts(binary):
    """The verdict of every combination with a party, by the indices of its options."""
    sizes = [range(len(options)) for options, _ in FILLINGS]
    numbers = list(itertools.product(*sizes))
    combinations = ([options[i] for (options, _), i in zip(FILLINGS, number)]
                    for number in numbers)
    run = Run(binary, lines(oracle.request(n, c) for n, c in enumerate(combinations)))
    return dict(zip(numbers, (record["verdict"] for record in run), strict=True))


def completions(number, means):
    """Every definite combination that the one at `number` may turn out to mean."""
    choices = [means[axis][i] for axis, i in enumerate(number)]
    if number[CAMERA] == STORED and number[TIMING] == UNSAID:
        choices[TIMING] = [AFTERWARDS]
    return itertools.product(*choices)


def shown(number):
    return oracle.shown([options[i] for (options, _), i in zip(FILLINGS, number)])


def run(tap, binary):
    found = verdicts(binary)
    means = list(by_index())
    wrong = {"allow": [], "deny": [], "undecided": []}
    counts = dict.fromkeys(wrong, 0)
    for number, verdict in found.items():
        if verdict not in wrong:
            continue
        turns_out = {found[filled] for filled in completions(number, means)}
        counts[verdict] += 1
        wanted = {"allow", "deny"} if verdict == "undecided" else {verdict}
        if turns_out != wanted:
            wrong[verdict].append(f"{shown(number)}: {verdict}, "
                                  f"but may turn out {', '.join(sorted(turns_out))}")
    for verdict in ("allow", "deny"):
        tap.test(f"{verdict} stays {verdict} however the open facts are filled in "
                 f"({counts[verdict]} of {len(found)} combinations)", wrong[verdict])
    tap.test(f"undecided has a filling that allows and one that denies "
             f"({counts['undecided']} of {len(found)} combinations)", wrong["undecided"])
