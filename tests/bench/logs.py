#!/usr/bin/env python3
"""Writes a made-up request log, the same for the same arguments.

usage: logs.py KIND BYTES FILE

KIND is one of

  chat      like the log of a chat service: 0.5 to 20 KB a record, 4 KB in the mean, up to 12
            messages; a fifth of the texts holds escapes, half of these \\uXXXX, a twentieth of the
            records raw non-ASCII; one record in a hundred is about faces and police
  varied    the same, of sentences that hardly ever come twice: names, numbers, words that are
            in no vocabulary, lists, paths, versions and lines of code among the words of chat
  short     300 bytes a record, declared facts and a sentence

and the worst cases

  interest  texts of the tests, some eight a record: nearly all are read in full, and hold matches
  phrases   texts of nothing but words that phrases of the vocabulary begin with
  escaped   every letter of the texts is a \\uXXXX
  foreign   texts in Cyrillic, Greek, Japanese and accented Latin letters
  fallback  what the scanner leaves to the JSON library: every other record is broken at its end,
            the others hold hundreds of numbers near the largest
  deep      nested to the limit
  strings   strings of 2 MB

and, not to measure but to compare what different ways say of them,

  mutants   300 bytes a record: those above, shortened, and requests and JSON of the tests, one
            a line, with bytes changed, cut, doubled, inserted, swapped; one in 16 is whole
  slips     texts of the tests, each with a letter missing, wrong, doubled or swapped with the next
"""
import glob
import json
import os
import random
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
POLICIES = os.path.join(ROOT, "policies/vocabulary")

SUBJECTS = """the report|our team|a customer|the new release|my sister|the invoice|this function|
the second draft|her proposal|the delivery|a colleague|the spreadsheet|the meeting|our landlord|
the recipe|the weekly summary|a small company|the garden|the database|this paragraph|the bus|
an old friend|the course|the contract|the printer|their website|the second chapter|the budget|
a neighbour|the supplier|the test suite|the translation|a reader|the app|the photo album|
the calendar|the school|the image on the cover|the search page|the weather""".replace("\n", "")
VERBS = """needs to be finished before|was moved to|should mention|does not agree with|arrives after|
depends on|was written for|is longer than|costs more than|explains|has little to do with|replaces|
looks like|was sent together with|will be reviewed after|is mostly about|reads better than|
goes well with|has to match|is often confused with|was returned because of|comes right after|
identifies a problem in|was inspired by|is shown next to""".replace("\n", "")
OBJECTS = """the end of the month|the other department|a short introduction|the plan from last week|
three smaller tasks|the second table|an earlier version|the holidays|a simple example|
the terms of the lease|half a litre of milk|the error message|a list of books|the warehouse in Lyon|
the next sprint|two cups of flour|a friendly reminder|the annual figures|a cheaper ticket|
the picture in the header|a person with more time|the footnotes|some fresh herbs|the login screen|
a quiet afternoon|the database schema|our usual format|the results of the survey|a second opinion|
the first half of the course""".replace("\n", "")
OPENINGS = """|Please check whether |I think that |Could you explain why |As far as I know, |
In short, |It seems that |Tell me in two sentences why |Rewrite this so that it says that |
Remember that |My question is whether |""".replace("\n", "")
OF_INTEREST = [
    "We compare the faces in body camera video with the mugshot gallery for the county sheriff.",
    "The police department in Springfield wants to identify people in the crowd by their faces.",
    "Officers on patrol would match a face against the watchlist in real time.",
    "The service only blurs faces in body camera video before the police release it.",
]
FOREIGN = [
    "Отчёт нужно закончить до конца месяца, иначе его придётся переписать заново. ",
    "Η αναφορά πρέπει να τελειώσει πριν από το τέλος του μήνα και να σταλεί σε όλους. ",
    "報告書は月末までに完成させて、全員に送る必要があります。写真も確認してください。",
    "Größere Überraschungen gab es für die Käufer in Zürich und Besançon nicht, très bien. ",
]

SYLLABLES = """ba|ber|can|den|dor|el|fan|gar|hol|in|ja|kel|lan|lo|mar|men|mi|nor|on|pel|po|quin|ra|
ren|ro|sal|sen|si|ta|tel|tor|um|va|ven|wal|yor""".replace("\n", "").split("|")
WORDS_MADE = 60000
LINES = [
    "- {a} {b}: {n} of {m}\\n", "{i}. {A} {b} ({n}.{m})\\n", "  return {a}_{b}({c}, {n})\\n",
    "see /usr/share/{a}/{b}.{c} or https://{a}.example/{b}?id={n}\\n", "{a}-{n}.{m}.{i} ({b})\\n",
    "* {A} {B}, +{n} {m}, {a}@{b}.example\\n", "{a} = {b}.{c}[{i}] + {n}\\n", "#{n}: {A}{B}::{c}\\n",
]

PIECES = [b'"', b"\\", b"{", b"}", b"[", b"]", b":", b",", b" ", b"\t", b"\r", b"\0", b"\x1f", b"-",
          b"e9", b"1e400", b"0.1", b"12345678901234567890", b"null", b"true", b'"":', b'"id":1,',
          b"\\u0000", b"\\ud83d", b"\\ude00", b"\\u0066", b"\\n", b"\xff", b"\xc3", b"\xa9",
          b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xef\xbb\xbf", b"face", b"police", b"[" * 70]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed).random
        parts = [text.split("|") for text in (OPENINGS, SUBJECTS, VERBS, OBJECTS)]
        self.plain = []
        for _ in range(4000):
            words = [self.choose(part) for part in parts]
            sentence = f"{words[0]}{words[1]} {words[2]} {words[3]}. "
            self.plain.append(sentence[0].upper() + sentence[1:])
        quoted = [s.replace("the ", 'the \\"', 1).replace(". ", '\\".\\n') for s in self.plain]
        self.escaped = self.plain[:1000] + quoted[:1000]
        self.coded = self.plain[:1000] + [s.replace(". ", " \\u2014 d\\u00e9j\\u00e0 vu\\u2026 ")
                                          for s in self.plain[:500]]
        self.raw = self.plain[:1000] + [s.replace(". ", " – déjà vu… ") for s in self.plain[:500]]
        self.words = [word + " " for word in first_words()]
        self.of_tests = test_records()
        self.texts = test_texts()

    def choose(self, things):
        return things[int(self.random() * len(things))]

    def pick(self, pool, length):
        texts, size = [], 0
        while size < length:
            texts.append(self.choose(pool))
            size += len(texts[-1])
        return "".join(texts).rstrip()

    def text(self, length, foreign=False):
        pool, chance = self.plain, self.random()
        if foreign:
            pool = self.raw
        elif chance < 0.1:
            pool = self.coded
        elif chance < 0.2:
            pool = self.escaped
        return self.pick(pool, length)

    def word(self):
        """A made-up word: some come often, most hardly ever."""
        number = int(WORDS_MADE * self.random() ** 4) + len(SYLLABLES)
        word = ""
        while number > 0:
            number, rest = divmod(number, len(SYLLABLES))
            word += SYLLABLES[rest]
        return word

    def line(self):
        """A line that is no sentence."""
        a, b, c = self.word(), self.word(), self.word()
        return self.choose(LINES).format(a=a, b=b, c=c, A=a.capitalize(), B=b.capitalize(),
                                         i=1 + int(self.random() * 9), m=int(self.random() * 60),
                                         n=int(self.random() * 5000))

    def varied_text(self, length):
        """One line in six is no sentence; one word in ten of the others is made up."""
        texts, size = [], 0
        while size < length:
            if self.random() < 1 / 6:
                texts.append(self.line())
            else:
                words = [self.word().capitalize() if self.random() < 0.05 else
                         self.word() if self.random() < 0.05 else word
                         for word in self.choose(self.plain).split()]
                texts.append(" ".join(words).rstrip(".") + ". ")
            size += len(texts[-1])
        return "".join(texts).rstrip()

    def head(self, n):
        day = 1 + n // 7 % 28
        kind = self.choose(["business", "school", "hospital", "vendor", "business", "business"])
        return (f'{{"id":"req-{n:09d}","date":"2026-06-{day:02d}","service":"azure-openai",'
                f'"actor":{{"name":"Tenant {n % 977}","kind":"{kind}","jurisdiction":"DE"}}')

    def chat(self, n, text_of=None):
        size = min(20000, max(500, 400 + -2800 * self.log()))
        turns = 1 + int(self.random() * min(12, size / 300))
        foreign, interest = self.random() < 0.05, self.random() < 0.01
        messages = ['{"role":"system","content":"You are a helpful assistant."}']
        for turn in range(turns):
            length = size / turns - 40
            text = text_of(length) if text_of else self.text(length, foreign)
            if interest and turn == 0:
                text += " " + self.choose(OF_INTEREST)
            role = "user" if turn % 2 == 0 else "assistant"
            messages.append(f'{{"role":"{role}","content":"{text}"}}')
        return f'{self.head(n)},"messages":[{",".join(messages)}]}}\n'

    def varied(self, n):
        return self.chat(n, self.varied_text)

    def log(self):
        """About the mean of exponentially spread numbers, negative, without a library's log."""
        total, chance = 0.0, self.random()
        while chance < 0.5:
            chance, total = chance * 2, total - 0.69314718
        return total - 2 * (1 - chance)

    def short(self, n):
        use = self.choose(["transcription", "redaction", "liveness", "report-drafting"])
        text = self.choose(OF_INTEREST) if self.random() < 0.01 else self.text(110)
        return f'{self.head(n)},"uses":["{use}"],"description":"{text}"}}\n'

    def of_text(self, n, text):
        return f'{self.head(n)},"description":"{text}"}}\n'

    def interest(self, n):
        return self.of_text(n, json.dumps(self.pick([text + " " for text in self.texts], 1500))[1:-1])

    def phrases(self, n):
        return self.of_text(n, self.pick(self.words, 4000))

    def escaped_text(self, n):
        return self.of_text(n, "".join(f"\\u{ord(c):04x}" for c in self.pick(self.plain, 700)))

    def foreign(self, n):
        return self.of_text(n, self.pick(FOREIGN, 2500))

    def fallback(self, n):
        if n % 2 == 0:
            return f'{self.head(n)},"description":"{self.text(3800)}","consent":tru}}\n'
        numbers = ",".join(["1.5e308"] * 450)
        return f'{self.head(n)},"description":"{self.text(200)}","scores":[{numbers}]}}\n'

    def deep(self, n):
        nest = '{"a":[' * 31 + '"x"' + "]}" * 31
        return f'{self.head(n)},"description":"{self.text(100)}","extra":{nest}}}\n'

    def strings(self, n):
        return self.of_text(n, self.text(2_000_000))

    def whole(self, n):
        """A record to make a mutant of."""
        kind = n % 8
        if kind < 3:
            return self.short(n).encode()
        if kind < 5:
            return self.choose(self.of_tests)
        pool = [self.coded, self.escaped, FOREIGN][kind - 5]
        return self.of_text(n, self.pick(pool, 150)).encode()

    def mutants(self, n):
        record = self.whole(n).rstrip(b"\n")
        changes = 1 + int(self.random() * 2) if n % 16 != 0 else 0
        for _ in range(changes):
            record = self.change(record)
        return record.replace(b"\n", b" ") + b"\n"

    def slips(self, _):
        text = self.choose(self.texts)
        at = int(self.random() * (len(text) - 1))
        one, two = text[at:at + 1], text[at + 1:at + 2]
        wrong = self.choose([two, "e" + two, one + one + two, two + one])
        return json.dumps({"text": text[:at] + wrong + text[at + 2:]}) + "\n"

    def change(self, record):
        """Cuts the record at three places and puts it together differently."""
        a, b, c = sorted(int(self.random() * (len(record) + 1)) for _ in range(3))
        if self.random() < 0.7:
            b, c = min(a + 1, b), min(a + 2 + int(self.random() * 6), c)
            c = max(b, c)
        head, one, two, tail = record[:a], record[a:b], record[b:c], record[c:]
        return self.choose([
            lambda: head + two + tail,
            lambda: head + two + one + tail,
            lambda: head + one + two + one + two + tail,
            lambda: head + self.choose(PIECES) + two + tail,
            lambda: head + self.choose(PIECES) + one + two + tail,
            lambda: head + bytes(byte ^ 1 << n % 6 for n, byte in enumerate(one)) + two + tail,
        ])()


def test_records():
    """Requests and JSON that the tests have anyway, the short ones, each on a line."""
    records = []
    for path in sorted(glob.glob(os.path.join(ROOT, "testdata/stories/*.json"))):
        with open(path, "rb") as file:
            records.append(b" ".join(file.read().split()))
    for name in ("testdata/text/rounds.jsonl", "testdata/federal-sample.jsonl",
                 "tests/fuzz/seeds.txt"):
        with open(os.path.join(ROOT, name), "rb") as file:
            records += file.read().splitlines()
    return [record for record in records if len(record) < 600]


def test_texts():
    texts = []
    for name in ("blind", "rounds"):
        with open(os.path.join(ROOT, f"testdata/text/{name}.jsonl"), encoding="utf-8") as file:
            texts += [json.loads(line)["text"] for line in file]
    return texts


def first_words():
    """Words of plain letters that a phrase of the vocabulary begins with."""
    words = set()
    for path in sorted(glob.glob(os.path.join(POLICIES, "*.json"))):
        with open(path, encoding="utf-8") as file:
            vocabulary = json.load(file)
        for phrases in vocabulary.get("classes", {}).values():
            words.update(phrase.split(" ")[0].rstrip("*") for phrase in phrases)
        for name in vocabulary.get("names", []):
            words.update(phrase.split(" ")[0] for phrase in name.get("say", []))
    return sorted(word for word in words if word.isascii() and word.isalpha() and len(word) > 2)


def main():
    kind, size, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    maker = Maker(kind)
    make = getattr(maker, "escaped_text" if kind == "escaped" else kind)
    written = n = 0
    with open(path, "wb", buffering=1 << 20) as out:
        while written < size:
            record = make(n)
            record = record if isinstance(record, bytes) else record.encode()
            out.write(record)
            written += len(record)
            n += 1


main()
