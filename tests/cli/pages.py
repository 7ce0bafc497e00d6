#!/usr/bin/env python3
"""Holds the members of policy and vocabulary files against each other.

usage: pages.py ROOT

What the program accepts (lists in lib/), what the schemas have, and what
proviso-policy(5) says of an object are the same. Prints a line for each object:
its name, a tab, and what differs.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
PAGE = (ROOT / "man/proviso-policy.5").read_text(encoding="utf-8")
FOR_EDITORS = {"$schema"}  # the page need not speak of it

# Name; the list of the program and its file; the schema and the path in it; the heading of the
# page, and the entry below it if it has one of its own.
OBJECTS = [
    ("policy", "policy.c", "policy_members", "policy", "properties", "Sh POLICIES", None),
    ("revision", "policy.c", "revision_members", "policy", "properties revisions items properties",
     "Ss Revisions", None),
    ("clause", "policy.c", "clause_members", "policy", "$defs clause properties",
     "Ss Clauses", None),
    ("exception", "policy.c", "exception_members", "policy",
     "$defs clause properties except items properties", "Ss Exceptions", None),
    ("test", "policy_tests.c", "test_members", "policy",
     "$defs clause properties tests items properties", "Ss Clauses", "tests"),
    ("out_of_reach", "policy.c", "unreached_members", "policy",
     "properties out_of_reach items properties", "Sh POLICIES", "out_of_reach"),
    ("vocabulary", "vocabulary_compile.c", "document_members", "vocabulary", "properties",
     "Sh VOCABULARIES", None),
    ("axis", "vocabulary_compile.c", "axis_members", "vocabulary", "$defs axis properties",
     "Ss Axes", None),
    ("value", "vocabulary_compile.c", "value_members", "vocabulary",
     "$defs axis properties values items properties", "Ss Axes", "values"),
    ("inference", "vocabulary_compile.c", "inference_members", "vocabulary",
     "properties inferences items properties", "Ss Inferences", None),
    ("mask", "text/compile.c", "mask_members", "vocabulary", "properties masks items properties",
     "Ss Patterns", "masks"),
    ("pattern", "text/compile.c", "pattern_members", "vocabulary",
     "properties patterns items properties", "Ss Patterns", "patterns"),
    ("strength", "text/compile.c", "strengths", "vocabulary",
     "properties patterns items properties strength enum", "Ss Patterns", "patterns"),
    ("context", "text/compile.c", "context_members", "vocabulary",
     "properties context items properties", "Ss Patterns", "context"),
    ("effect", "text/compile.c", "effects", "vocabulary",
     "properties context items properties does enum", "Ss Effects of context", None),
    ("language", "text/compile.c", "languages", "vocabulary", "$defs languages items enum",
     "Ss Patterns", "context"),
    ("names", "text/compile_names.c", "name_members", "vocabulary",
     "properties names items properties", "Ss Patterns", "names"),
    ("rivals", "text/compile.c", "rival_members", "vocabulary",
     "properties rivals items properties", "Ss Patterns", "rivals"),
    ("repair", "text/compile_names.c", "repair_members", "vocabulary",
     "properties repair properties", "Ss Patterns", "repair"),
]


def accepted(source, name):
    text = (ROOT / "lib" / source).read_text(encoding="utf-8")
    text = text.replace("LEXICON_MEMBERS", (ROOT / "lib/text/lexicon.h").read_text(
        encoding="utf-8").partition("#define LEXICON_MEMBERS \\\n")[2].partition("\n")[0])
    array = re.search(rf"\b{name}\[[^\]]*\] = \{{(.*?)NULL\}};", text, re.S)[1]
    return set(re.findall(r'"([^"]*)"', array))


def in_schema(name, path):
    node = json.loads((ROOT / f"policies/schema/{name}.schema.json").read_text(encoding="utf-8"))
    for step in path.split():
        node = node[step]
    return set(node)


def described(heading, entry):
    """The literal words of a section, or of an entry and of what is said of all of them."""
    text = PAGE.partition(f".{heading}\n")[2]
    text = re.split(r"^\.S[sh] ", text, maxsplit=1, flags=re.M)[0]
    if entry is not None:
        shared = text.partition("Masks, patterns and context may carry")[2]
        text = text.partition(f".It Cm {entry}\n")[2] + ".It\n"
        text = re.split(r"^\.(?:It|El)", text, maxsplit=1, flags=re.M)[0] + shared
    words = " ".join(re.findall(r"^\.(?:It |Pq )?Cm (.*)", text, re.M))
    return set(re.sub(r"\\\(dq", " ", words).split())


def main():
    for name, source, array, schema, path, heading, entry in OBJECTS:
        program, listed = accepted(source, array), in_schema(schema, path)
        page = described(heading, entry) | FOR_EDITORS
        wrong = [f"schema: {word}" for word in sorted(program ^ listed)]
        wrong += [f"page: {word}" for word in sorted(program - page)]
        print(name, ", ".join(wrong), sep="\t")


if __name__ == "__main__":
    main()
