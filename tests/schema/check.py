#!/usr/bin/python3
"""Holds what the tests had printed as JSON to the schemas beside this file.

check.py KITH FOLDER: KITH is the program, and FOLDER what tests/cli/lib.sh kept there, of each run
the words (NAME.words, each ended by NUL) and the output (NAME.out). Wrong is an output that does
not fit its command's schema, a command with --json that has no schema, a schema that no output was
held to, and a key of a schema that no output had, or that kith-json(5) does not tell.
"""
import glob
import json
import os
import re
import subprocess
import sys

from jsonschema import Draft202012Validator, FormatChecker, RefResolver
from jsonschema.exceptions import best_match

HERE = os.path.dirname(os.path.abspath(__file__))
COMMANDS = os.path.join(HERE, "../../cmd/commands.def")
MANUAL = os.path.join(HERE, "../../templates/help/json.md")


def commands_of(kith):
    """The commands, those of them that have --json, and the options that take a value."""
    with open(COMMANDS, encoding="utf-8") as text:
        names = re.findall(r"^COMMAND\((\w+)\)", text.read(), re.M)
    names = [name.replace("_", "-") for name in names]
    helps = {name: subprocess.run([kith, name, "--help"], capture_output=True, text=True,
                                  check=True).stdout for name in names}
    valued = re.findall(r"^  (?:(-\w), )? *(--[\w-]+) [A-Z]", "".join(helps.values()), re.M)
    return (names, [name for name in names if "--json" in helps[name]],
            {flag for flags in valued for flag in flags if flag})


def command_in(words, names, valued):
    """The first of the words that is a command, and no option's value."""
    return next((word for before, word in zip(words, words[1:])
                 if word in names and before not in valued), "today")


def schema_of(name):
    with open(os.path.join(HERE, name + ".json"), encoding="utf-8") as text:
        return json.load(text)


def keys_of(schema):
    """The keys that a schema names, but for those of common.json."""
    if isinstance(schema, list):
        return {key for part in schema for key in keys_of(part)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*(keys_of(part) for part in schema.values()))


def untold(schemas):
    """The keys that the manual does not name."""
    with open(MANUAL, encoding="utf-8") as text:
        told = set(re.findall(r"`(\w+)`", text.read()))
    return sorted({key for schema in schemas for key in keys_of(schema)} - told)


def keys_in(value):
    """The keys of an output."""
    if isinstance(value, list):
        return {key for part in value for key in keys_in(part)}
    if not isinstance(value, dict):
        return set()
    return set(value).union(*(keys_in(part) for part in value.values()))


def refuse_constant(text):
    raise ValueError(text + " is no JSON")


class Held:
    """One command's schema, and what was held to it."""

    def __init__(self, name, common):
        self.schema = schema_of(name)
        Draft202012Validator.check_schema(self.schema)
        resolver = RefResolver(name + ".json", self.schema, store={"common.json": common})
        self.validator = Draft202012Validator(self.schema, resolver=resolver,
                                              format_checker=FormatChecker())
        self.line = self.validator.evolve(schema={"$ref": "#/$defs/item"})
        self.outputs, self.seen = 0, set()

    def wrong(self, words, output):
        """What is wrong with an output, or None."""
        lines = "ndjson" in words or "--format=ndjson" in words
        validator = self.line if lines else self.validator
        for text in output.splitlines() if lines else [output]:
            try:
                value = json.loads(text.decode("utf-8"), parse_constant=refuse_constant)
            except ValueError as error:
                return str(error)
            fault = best_match(validator.iter_errors(value))
            if fault:
                return "%s: %s" % (fault.json_path, fault.message[:400])
            self.outputs += 1
            self.seen |= keys_in(value)
        return None


def hold_all(names, valued, held, folder):
    """Each output to its schema; what is wrong."""
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), "*.words"))):
        with open(path, "rb") as text:
            words = text.read().decode("utf-8", "replace").split("\0")[:-1]
        with open(path[:-len("words")] + "out", "rb") as text:
            output = text.read()
        name = command_in(words, names, valued)
        # What went wrong was said elsewhere; and what is told of the words themselves is no JSON.
        if not output or {"--explain", "--help", "-h"} & set(words):
            continue
        fault = held[name].wrong(words, output) if name in held else "it has no schema"
        if fault:
            yield "%s: %s: %s" % (os.path.basename(path), " ".join(words)[:200], fault)


def main():
    kith, folder = sys.argv[1:]
    names, printing, valued = commands_of(kith)
    common = schema_of("common")
    schemas = [os.path.basename(path)[:-5] for path in glob.glob(os.path.join(HERE, "*.json"))]
    held = {name: Held(name, common) for name in schemas if name != "common"}
    faults = list(hold_all(names, valued, held, folder))
    faults += ["kith %s --json has no schema, tests/schema/%s.json" % (name, name)
               for name in printing if name not in held]
    faults += ["tests/schema/%s.json is of no command with --json" % name
               for name in held if name not in printing]
    for name, one in sorted(held.items()):
        unseen = sorted(keys_of(one.schema) - one.seen)
        if not one.outputs:
            faults.append("no test's output was held to tests/schema/%s.json" % name)
        elif unseen:
            faults.append("no test's output of kith %s had %s" % (name, ", ".join(unseen)))
    faults += ["kith-json(5) does not tell " + key
               for key in untold([common] + [one.schema for one in held.values()])]
    for fault in faults:
        print("not ok", fault)
    print("%d outputs, %d schemas, %d faults" % (sum(one.outputs for one in held.values()),
                                                 len(held), len(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
