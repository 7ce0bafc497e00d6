#!/usr/bin/env python3
"""Builds each build folder, runs its tests and counts every single one.

usage: run.py BUILD...

A test program prints TAP (`ok 3 - name`) or, if it uses Check, a closing line
with its counts. The last line printed is `N passed, N failed`.
"""
import json
import os
import re
import subprocess
import sys

TAP = re.compile(r"^(not )?ok \d+(?: - (.*))?$", re.M)
CHECK = re.compile(r"^\d+%: Checks: (\d+), Failures: (\d+), Errors: (\d+)$", re.M)

# What a sanitizer finds ends the program, by a status that no verdict has.
ENVIRONMENT = os.environ | {
    "ASAN_OPTIONS": "exitcode=99",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
}


def count(output):
    passed = failed = 0
    for match in TAP.finditer(output):
        if match[2] and "# SKIP" in match[2]:
            print("  skipped:", match[2])
        elif match[1]:
            failed += 1
        else:
            passed += 1
    for checks, failures, errors in CHECK.findall(output):
        bad = int(failures) + int(errors)
        passed += int(checks) - bad
        failed += bad
    return passed, failed


def run(build):
    subprocess.run(["ninja", "-C", build], check=True, stdout=subprocess.DEVNULL)
    log = os.path.join(build, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    subprocess.run(["meson", "test", "-C", build, "--no-rebuild", "--quiet"],
                   stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    passed = failed = 0
    for line in open(log, encoding="utf-8"):
        test = json.loads(line)
        output = test.get("stdout", "") + test.get("stderr", "")
        good, bad = count(output)
        if test["result"] not in ("OK", "SKIP") and bad == 0:
            bad = 1
        if good + bad == 0 and test["result"] == "OK":
            bad = 1
            output += "\nthe program ran no test\n"
        passed, failed = passed + good, failed + bad
        print(f"{build}: {test['name']}: {good} passed, {bad} failed")
        if bad:
            print(output)
    return passed, failed


def main():
    totals = [run(build) for build in sys.argv[1:]]
    passed, failed = (sum(column) for column in zip(*totals))
    print(f"{passed} passed, {failed} failed")
    return failed != 0


sys.exit(main())
