#!/usr/bin/env python3
"""What must never change a verdict: line breaks at any width, quotation marks, Unicode form, letter case,
ordinary prose around a request, unrelated turns. Also that `check` and `explain` agree.

usage: text_properties.py PROVISO [SET.jsonl...]    (TAP; default: testdata/text)
"""
import json
import pathlib
import re
import subprocess
import sys
import textwrap
import unicodedata

TEXTS = pathlib.Path(__file__).resolve().parent.parent / "testdata" / "text"
PROSE = ("The weather was mild and the garden needed water. We planted tomatoes and beans near "
         "the old shed. My aunt baked bread on Sundays. The children read books about the sea. "
         "Nothing much happened in the afternoon. In the evening we played cards.")

# Each speaks of something that would be a mention beside a use.
EVERYDAY = """I read a novel on the train. My book is here. My daughter has an exam on Friday.
I am worried about my mother's knee. We watched a film about penguins. I have a class at nine.
The invoice for the printer paper arrived. There was a headline about the weather.
The benefits of exercise are well known. What is the history of cheese? I fear the rain will come.
Have you seen the news article on whales? I wrote an essay on tulips.
The jury of the cooking contest liked my cake. We play a quiz every Thursday. The course starts in June.
My brother is a lawyer. Explain how photosynthesis works. The museum opens at ten.
We oppose the new parking fees. Write a poem about spring. The law of gravity is no suggestion.
A joke: why did the chicken laugh? Thanks for the podcast.""".replace("\n", " ")
SENTENCES = re.findall(r"[^.?]+[.?]", EVERYDAY)


def everyday(text):
    return SENTENCES[len(text) % len(SENTENCES)].strip()


SAMPLE = 4  # of so many texts one is wrapped at every width


def lines(text, width=40):
    return text if "\n" in text else "\n".join(
        textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def described(change):
    return lambda text: {"description": change(text)}


CHANGES = {
    "line breaks": described(lines),
    "CRLF line breaks": described(lambda text: lines(text).replace("\n", "\r\n")),
    "decomposed letters": described(lambda text: unicodedata.normalize("NFD", text)),
    "capitals": described(str.upper),
    "small letters": described(str.lower),
    "small letters among others": described(lambda text: text.lower() + "\n\n" + PROSE),
    "quotation marks around it": described(lambda text: f'"{text}"'),
    "curly quotation marks": described(lambda text: text.replace("'", "\u2019")),
    "prose before": described(lambda text: PROSE + "\n\n" + text),
    "prose after": described(lambda text: text + "\n\n" + PROSE),
    "an everyday sentence before": described(lambda text: everyday(text) + "\n\n" + text),
    "an everyday sentence after": described(lambda text: text + "\n\n" + everyday(text)),
    "an everyday sentence in a system turn": lambda text: {
        "messages": [{"role": "system", "content": everyday(text)},
                     {"role": "user", "content": text}]},
    "unrelated turns": lambda text: {"messages": [{"role": "user", "content": PROSE},
                                                  {"role": "user", "content": text},
                                                  {"role": "user", "content": PROSE}]},
}


def verdicts(proviso, verb, requests):
    text = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run([proviso, verb, "-f", "jsonl", "--as-of", "2024-05-10"],
                          input=text.encode(), capture_output=True, check=False)
    return [json.loads(line)["verdict"] for line in done.stdout.decode().splitlines()]


def rewrapped(proviso, records, expected):
    """What a sample of the texts gives, wrapped at each width: the first that differs."""
    got = list(expected)
    sample = range(0, len(records), SAMPLE)
    for width in range(12, 89):
        wrapped = [described(lambda text: lines(text, width))(records[i]["text"]) for i in sample]
        for i, verdict in zip(sample, verdicts(proviso, "check", wrapped)):
            if verdict != expected[i] and got[i] == expected[i]:
                got[i] = f"{verdict} at {width}"
    return got


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
    cases.append(("line breaks at any width", rewrapped(proviso, records, expected)))
    print(f"1..{len(cases)}")
    failed = 0
    for number, (name, got) in enumerate(cases, 1):
        changed = [(records[i]["id"], expected[i], got[i])
                   for i in range(len(texts))
                   if len(got) != len(texts) or got[i] != expected[i]]
        print(f"{'not ok' if changed else 'ok'} {number} - {name}")
        for identity, before, after in changed[:20]:
            print(f"# {identity}: {before}, then {after}")
        failed += bool(changed)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
