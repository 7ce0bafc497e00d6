#!/usr/bin/env python3
"""What must never change a verdict: line breaks, quotation marks, Unicode form, letter case,
ordinary prose around a request, unrelated turns. Also that `check` and `explain` agree.

usage: text_properties.py PROVISO [SET.jsonl...]    (TAP; default: testdata/text)
"""
import json
import pathlib
import subprocess
import sys
import textwrap
import unicodedata

TEXTS = pathlib.Path(__file__).resolve().parent.parent / "testdata" / "text"
PROSE = ("The weather was mild and the garden needed water. We planted tomatoes and beans near "
         "the old shed. My aunt baked bread on Sundays. The children read books about the sea. "
         "Nothing much happened in the afternoon. In the evening we played cards.")


def lines(text):
    return text if "\n" in text else "\n".join(textwrap.wrap(text, 40))


def described(change):
    return lambda text: {"description": change(text)}


CHANGES = {
    "line breaks": described(lines),
    "CRLF line breaks": described(lambda text: lines(text).replace("\n", "\r\n")),
    "decomposed letters": described(lambda text: unicodedata.normalize("NFD", text)),
    "capitals": described(str.upper),
    "quotation marks around it": described(lambda text: f'"{text}"'),
    "curly quotation marks": described(lambda text: text.replace("'", "\u2019")),
    "prose before": described(lambda text: PROSE + "\n\n" + text),
    "prose after": described(lambda text: text + "\n\n" + PROSE),
    "unrelated turns": lambda text: {"messages": [{"role": "user", "content": PROSE},
                                                  {"role": "user", "content": text},
                                                  {"role": "user", "content": PROSE}]},
}


def verdicts(proviso, verb, requests):
    text = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run([proviso, verb, "-f", "jsonl", "--as-of", "2024-05-10"],
                          input=text.encode(), capture_output=True, check=False)
    return [json.loads(line)["verdict"] for line in done.stdout.decode().splitlines()]


def differ(name, before, after):
    """Capitals tell a name from a word: without them a place may be left open."""
    return before != after and not (name == "capitals" and "undecided" in (before, after))


def main():
    proviso, paths = sys.argv[1], sys.argv[2:] or sorted(TEXTS.glob("*.jsonl"))
    records = [json.loads(line) for path in paths
               for line in open(path, encoding="utf-8") if line.strip()]
    texts = [record["text"] for record in records]
    plain = [{"description": text} for text in texts]
    expected = verdicts(proviso, "check", plain)
    cases = [("check and explain agree", verdicts(proviso, "explain", plain))]
    cases += [(name, verdicts(proviso, "check", map(change, texts)))
              for name, change in CHANGES.items()]
    print(f"1..{len(cases)}")
    failed = 0
    for number, (name, got) in enumerate(cases, 1):
        changed = [(records[i]["id"], expected[i], got[i])
                   for i in range(len(texts))
                   if len(got) != len(texts) or differ(name, expected[i], got[i])]
        print(f"{'not ok' if changed else 'ok'} {number} - {name}")
        for identity, before, after in changed[:20]:
            print(f"# {identity}: {before}, then {after}")
        failed += bool(changed)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
