#!/usr/bin/env python3
"""check, which reads in full only what a glance leaves, agrees with explain, which reads all.

usage: agree.py BINARY

Texts of testdata and, where they are found, of the labelled sets in $PROVISO_SHARED; as
they are, and broken up in every way that the reader mends.
"""
import glob
import json
import os
import random
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHARED = os.environ.get("PROVISO_SHARED", os.path.join(ROOT, "..", "shared"))
MUTANTS = 6000
INSERTED = ["-", "-\n", ".", "\u200b", "\u00ad", "'", " -", "*", "\u2010", "0", "1", "@", "!", "\u00b7",
            "_", "&", "\u2022", "|", "\ufeff"]
SWAPS = [{"o": "0", "i": "1", "e": "3"}, {"a": "@", "s": "$"}, {"i": "!", "l": "|"},
         {"a": "\u0430", "e": "\u0435", "o": "\u043e"}, {"c": "\u0441", "p": "\u0440"}]


def texts():
    files = glob.glob(os.path.join(ROOT, "testdata", "**", "*.json*"), recursive=True)
    files += glob.glob(os.path.join(SHARED, "testsets", "*.jsonl"))
    found = []
    for name in sorted(files):
        for line in open(name, encoding="utf-8", errors="replace").read().splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict):
                found += [record[key] for key in ("text", "description")
                          if isinstance(record.get(key), str) and record[key]]
    return found


def spaced(text, rng):
    words = text.split(" ")
    at = rng.randrange(len(words))
    words[at] = rng.choice([" ", ".", "-", "_", "*", "  "]).join(words[at])
    return " ".join(words)


def typed(text, rng):
    at = rng.randrange(len(text))
    return rng.choice([text[:at] + text[at + 1:],
                       text[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + text[at:],
                       text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]])


def inserted(text, rng):
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(INSERTED) + text[at:]


def swapped(text, rng):
    table = str.maketrans(rng.choice(SWAPS))
    return " ".join(word.translate(table) if rng.random() < 0.5 else word
                    for word in text.split(" "))


def widened(text, rng):
    return "".join(chr(ord(c) + 0xfee0) if 33 <= ord(c) < 127 and rng.random() < 0.7 else c
                   for c in text)


def respaced(text, rng):
    return text.replace(" ", rng.choice(["\n", "\u00a0", "\t", "\r\n", "\u2028", "  "]))


def broken(text, rng):
    return re.sub(r"(\w)(\w)", lambda m: m[1] + rng.choice(["", "", "", "\u0301", "-", "\u200d"]) + m[2],
                  text)


def joined(text, rng):
    words = text.split(" ")
    at = rng.randrange(len(words))
    return " ".join(words[:at]) + "".join(words[at:at + 2]) + " ".join(words[at + 2:])


def cased(text, rng):
    return rng.choice([text.upper(), text.lower(), text.title()])


def run(binary, verb, policy, requests):
    command = [binary, verb, "-f", "jsonl", "-q", "-p", policy]
    result = subprocess.run(command, input=requests, capture_output=True, encoding="utf-8")
    return [json.loads(line) for line in result.stdout.splitlines()]


def outcome(line):
    return (line["verdict"], [c["clause"] for c in line["clauses"]], line["open"])


def main(binary):
    rng = random.Random(1)
    originals = texts()
    mutations = [spaced, typed, inserted, swapped, widened, respaced, broken, joined, cased]
    mutants = [rng.choice(mutations)(rng.choice(originals), rng) for _ in range(MUTANTS)]
    requests = "\n".join(json.dumps({"id": i, "description": text})
                         for i, text in enumerate(originals + mutants))
    failed = 0
    policies = ["azure-openai", "all"]
    for number, policy in enumerate(policies, 1):
        glanced, read = (run(binary, verb, policy, requests) for verb in ("check", "explain"))
        differ = [a for a, b in zip(glanced, read) if outcome(a) != outcome(b)]
        good = not differ and len(glanced) == len(read) == len(originals) + MUTANTS
        failed += not good
        print(f"{'' if good else 'not '}ok {number} - {policy}: {len(glanced)} texts, "
              f"glanced at and read in full, come out alike")
        for line in differ[:5]:
            print("#", (originals + mutants)[line["id"]][:200].encode("unicode_escape").decode())
    print(f"1..{len(policies)}")
    return failed != 0


sys.exit(main(sys.argv[1]))
