"""The order of clauses, conditions, policies, options, files, members and values never matters."""
import copy
import itertools
import json
import pathlib
import subprocess

import oracle
from harness import judge, reasons

POLICY = pathlib.Path(__file__).parents[2] / "policies" / "azure-openai.json"
REQUESTS = [oracle.request(number, combination) for number, combination in enumerate(
    itertools.product(["police", "law-enforcement", "vendor", None],
                      ["US-IL", "FR", oracle.UNSTATED], ["acting", "served by a vendor"],
                      ["facial-recognition", "redaction", None],
                      ["body-worn", "fixed", oracle.UNSTATED], ["uncontrolled", oracle.UNSTATED],
                      ["real-time", "retrospective", oracle.UNSTATED]))]


def decided(record):
    """What a verdict line says, but for the order of what stands in it."""
    def listed(member, *keys):
        return sorted([entry[key] for key in keys] for entry in record[member])

    return (record["verdict"], listed("judged_by", "policy", "revision"),
            listed("clauses", "policy", "clause"), listed("open", "policy", "clause"),
            sorted(sorted(reasons(entry)) for entry in record["open"]))


def differences(requests, wanted, got):
    return [f"{json.dumps(request)}: {other}, expected {one}"
            for request, one, other in zip(requests, map(decided, wanted), map(decided, got))
            if one != other]


def backwards(value):
    """JSON with the members of every object, and the elements of every array, turned around."""
    if isinstance(value, dict):
        return {key: backwards(inner) for key, inner in reversed(value.items())}
    return [backwards(inner) for inner in reversed(value)] if isinstance(value, list) else value


def rearranged(policy):
    """The policy with clauses, conditions and members turned around; revisions stay as they
    were published."""
    turned = copy.deepcopy(policy)
    turned["clauses"] = backwards(policy["clauses"])
    return dict(reversed(turned.items()))


def stdout(binary, *arguments):
    done = subprocess.run([binary, "check", *arguments], capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def inside_a_file(tap, binary, folder):
    policy = json.loads(POLICY.read_text())
    paths = [pathlib.Path(folder, name) for name in ("given.json", "turned.json", "second.json")]
    paths[0].write_text(json.dumps(policy))
    paths[1].write_text(json.dumps(rearranged(policy)))
    second = {**policy, "policy": "another", "clauses": policy["clauses"][:2]}
    paths[2].write_text(json.dumps(second))
    for options in ([], ["--as-of", "2024-05-02", "--known-at", "2024-05-02"]):
        given = judge(binary, REQUESTS, "-p", str(paths[0]), *options)
        turned = judge(binary, REQUESTS, "-p", str(paths[1]), *options)
        tap.test(f"clauses and conditions in another order {' '.join(options)} "
                 f"({len(REQUESTS)} requests)", differences(REQUESTS, given, turned))
    one = judge(binary, REQUESTS, "-p", str(paths[0]), "-p", str(paths[2]))
    other = judge(binary, REQUESTS, "-p", str(paths[2]), "-p", str(paths[0]))
    tap.test(f"policies in another order give the same lines ({len(REQUESTS)} requests)",
             [f"{a} and {b}" for a, b in zip(one, other) if a != b])
    alone = judge(binary, REQUESTS, "-p", str(paths[0]))
    tap.test("a policy that repeats another's clauses changes no verdict",
             [f"{a['verdict']} and {b['verdict']}" for a, b in zip(one, alone)
              if a["verdict"] != b["verdict"]])


def inside_a_request(tap, binary):
    given = judge(binary, REQUESTS)
    tap.test(f"members and elements of a request in another order ({len(REQUESTS)} requests)",
             differences(REQUESTS, given, judge(binary, [backwards(r) for r in REQUESTS])))
    lists = [{**request, "uses": [*(request["uses"] or []), "redaction", "transcription"]}
             for request in REQUESTS]
    turned = [{**request, "uses": request["uses"][::-1]} for request in lists]
    tap.test(f"uses in another order ({len(REQUESTS)} requests)",
             differences(lists, judge(binary, lists), judge(binary, turned)))


def on_the_command_line(tap, binary, folder):
    files = [pathlib.Path(folder, f"{name}.jsonl") for name in ("first", "second", "third")]
    for i, path in enumerate(files):
        path.write_text("".join(json.dumps(request) + "\n" for request in REQUESTS[i::3]))
    options = [["-f", "jsonl"], ["--as-of", "2024-05-02"], ["--known-at", "2024-05-02"],
               ["-p", str(POLICY)]]
    wanted = stdout(binary, *itertools.chain(*options), str(files[0]))
    wrong = []
    for arranged in itertools.permutations([*options, [str(files[0])]]):
        got = stdout(binary, *itertools.chain(*arranged))
        if got != wanted:
            wrong.append(f"{arranged}: status {got[0]}, {len(got[1])} bytes")
    tap.test("options in every order, before and after a file, give the same bytes (120 orders)",
             wrong if wanted[1] else [f"status {wanted[0]}: {wanted[2].decode()[:300]}"])
    alone = {path: stdout(binary, "-f", "jsonl", str(path))[1] for path in files}
    wrong = [f"{[path.name for path in arranged]}"
             for arranged in itertools.permutations(files)
             if stdout(binary, "-f", "jsonl", *map(str, arranged))[1]
             != b"".join(alone[path] for path in arranged)]
    tap.test("files in every order give what each gives alone (6 orders)", wrong)


def run(tap, binary, folder):
    inside_a_file(tap, binary, folder)
    inside_a_request(tap, binary)
    on_the_command_line(tap, binary, folder)
