#!/usr/bin/env python3
"""Validates files by the JSON Schemas of the project.

usage: schema.py SCHEMA FILE...

SCHEMA is request, policy, vocabulary or verdict. A FILE that ends in .jsonl,
or is `-`, holds one value a line; any other one value. Prints each problem and
exits 1 if there is any.
"""

import json
import pathlib
import sys

import jsonschema

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "policies" / "schema"


def validator_of(name):
    schemas = {}
    for path in sorted(FOLDER.glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        schemas[schema["$id"]] = schema
    wanted = next(s for i, s in schemas.items() if i.endswith(f"/{name}.schema.json"))
    resolver = jsonschema.RefResolver.from_schema(wanted, store=schemas)
    return jsonschema.Draft202012Validator(wanted, resolver=resolver)


def no_duplicates(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError(f"a name stands twice among {names}")
    return dict(pairs)


def values_of(name):
    text = sys.stdin.buffer.read() if name == "-" else pathlib.Path(name).read_bytes()
    lines = name == "-" or name.endswith(".jsonl")
    for number, piece in enumerate(text.split(b"\n") if lines else [text], 1):
        if piece.strip():
            value = json.loads(piece.decode("utf-8"), object_pairs_hook=no_duplicates)
            yield f"{name}:{number}" if lines else name, value


def main(schema, names):
    validator = validator_of(schema)
    problems = 0
    for name in names:
        for place, value in values_of(name):
            for error in validator.iter_errors(value):
                print(f"{place}: {error.json_path}: {error.message[:300]}")
                problems += 1
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
