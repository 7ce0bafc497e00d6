#!/usr/bin/env python3
"""Writes the vocabulary of jurisdictions from the iso-codes package.

usage: jurisdictions.py OUT [ISO_3166-1.json ISO_3166-2.json]

A spelling of two places is given to neither, but a country wins over a subdivision.
Only in the United States is a subdivision's bare name a spelling: towns there are called
like provinces abroad (Santa Fe), and a force taken for a foreign one would be allowed.
"""
import json
import re
import sys
import unicodedata
from collections import defaultdict

ISO = "/usr/share/iso-codes/json/iso_3166-%d.json"
DOCUMENT = """{"axes": [
 {"axis": "party.jurisdiction", "label": "jurisdiction", "holds": "one", "unstated": "unknown",
  "values": [\n  %s\n ]}\n]}\n"""
PLAIN = str.maketrans(dict(zip("ÐðĐđĦħıŁłØøƏəǝ", "DdDdHhiLlOoAaa"), Æ="Ae", æ="ae", Œ="Oe", œ="oe",
                           Þ="Th", þ="th", ß="ss") | dict.fromkeys("‘’ʻʼ`", "") | {"–": "-"})
# A country and a state: as good as unsaid.
AMBIGUOUS = {"georgia"}
ARTICLE = re.compile(r"United |(Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines)$"
                     r"|.* (Federation|Islands|Republic|Territor(y|ies)|of the Congo)$")


def fold(text):
    text = "".join(c.lower() if c.isascii() else c for c in text)
    return re.sub(r"[ \t_-]+", " ", text).strip(" ")


def unaccented(text):
    text = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(c for c in text if not unicodedata.combining(c))


def turned(name):
    """'Korea, Republic of' as it is said: 'Republic of Korea'."""
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma and not re.search(" (and|y) ", tail) else name


def names(listed):
    """The names in one listed name: 'Wales [Cymru GB-CYM]', 'Murcia, Región de'."""
    listed = re.sub(r"\*|\([^)]*\)|\b[A-Z]{2}-[A-Z]{3}\b", "", listed)
    for name in filter(None, (" ".join(part.split()) for part in re.split(r"[][]| / ", listed))):
        yield from (turned(name), name.partition(", ")[0])


def countries(path):
    for entry in json.load(open(path, encoding="utf-8"))["3166-1"]:
        said = [entry[key] for key in ("common_name", "name", "official_name") if key in entry]
        short = turned(said[0]).removeprefix("The ")
        label = ("the " if ARTICLE.match(short) else "") + short
        yield {"value": entry["alpha_2"], "label": label,
               "spellings": [entry["alpha_3"], *said, short, label]}


def subdivisions(path, nations):
    within = {nation["value"]: nation for nation in nations}
    for entry in json.load(open(path, encoding="utf-8"))["3166-2"]:
        country, _, rest = entry["code"].partition("-")
        label, (code, *_) = within[country]["label"], within[country]["spellings"]
        parent = entry.get("parent", country)
        broader = parent if "-" in parent or parent == country else f"{country}-{parent}"
        bare = [*names(entry["name"])] or [entry["name"]]
        said = [f"{code}-{rest}", *(f"{name}, {label.removeprefix('the ')}" for name in bare)]
        if country == "US":
            said += [name + after for name in bare for after in ("", ", US", ", USA")]
            said += [f"State of {bare[0]}"] * (entry["type"] == "State")
        yield {"value": entry["code"], "label": bare[0], "broader": [broader], "spellings": said}


def settle(places, taken):
    """Leaves each spelling that nobody has yet to the one place of these that claims it."""
    claims = defaultdict(dict)
    for place in places:
        for form in [*map(unaccented, place["spellings"]), *place["spellings"]]:
            claims[fold(form)][place["value"]] = form
    mine = defaultdict(list)
    for key in sorted(claims.keys() - taken):
        if len(claims[key]) == 1:
            mine[next(iter(claims[key]))] += claims[key].values()
    for place in places:
        place["spellings"] = mine[place["value"]]
    taken.update(claims)


def main(out, first=ISO % 1, second=ISO % 2):
    regions = [*subdivisions(second, nations := [*countries(first)])]
    taken = {fold(place["value"]) for place in nations + regions} | AMBIGUOUS
    settle(nations, taken)
    settle(regions, taken)
    places = sorted(nations + regions, key=lambda place: place["value"])
    with open(out, "w", encoding="utf-8", newline="\n") as file:
        file.write(DOCUMENT % ",\n  ".join(json.dumps(p, ensure_ascii=False) for p in places))


if __name__ == "__main__":
    main(*sys.argv[1:])
