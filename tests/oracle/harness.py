"""What the oracle and the property tests share: running the command, and TAP."""
import json
import subprocess
import tempfile


class Tap:
    """Prints one line a test, the first differences of a failing one, and the plan."""

    SHOWN = 5

    def __init__(self):
        self.count = self.failed = 0

    def test(self, name, differences):
        """One test; it passes if `differences`, an iterable of texts, is empty."""
        differences = list(differences)
        self.count += 1
        self.failed += bool(differences)
        print(f"{'not ok' if differences else 'ok'} {self.count} - {name}")
        for difference in differences[:self.SHOWN]:
            print(f"#   {difference}")
        if len(differences) > self.SHOWN:
            print(f"#   and {len(differences) - self.SHOWN} more")

    def finish(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def lines(requests):
    """The requests as JSON Lines."""
    return [json.dumps(request).encode() + b"\n" for request in requests]


class Run:
    """One run of `check -f jsonl`: iterate over its records, then see `status` and `errors`."""

    def __init__(self, binary, given, *options):
        self.command = [binary, "check", "-f", "jsonl", *options]
        self.given = given
        self.status = None
        self.errors = ""

    def __iter__(self):
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as errors:
            given.writelines(self.given)
            given.seek(0)
            with subprocess.Popen(self.command, stdin=given, stdout=subprocess.PIPE,
                                  stderr=errors, encoding="utf-8") as process:
                yield from map(json.loads, process.stdout)
            self.status = process.returncode
            errors.seek(0)
            self.errors = errors.read().decode(errors="replace")


def judge(binary, requests, *options):
    """The verdict lines, one a request. Raises where there are not as many, or on a crash."""
    run = Run(binary, lines(requests), *options)
    records = list(run)
    if len(records) != len(requests) or run.status not in (0, 1, 2, 3):
        raise RuntimeError(f"{' '.join(run.command)}: {len(records)} verdicts for "
                           f"{len(requests)} requests, status {run.status}\n{run.errors}")
    return records


def reasons(entry):
    """Why an open clause is open: a set of (reason, fact)."""
    return {(reason, fact) for reason in ("missing", "questioned", "conflict")
            for fact in entry[reason]}
