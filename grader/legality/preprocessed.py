"""Reads what the preprocessor made of a file: the one text that is inspected and compiled.

Pure text to text, called by grade/compiling.py. Macros and conditions have had their effect in it, so g++ and clang can
no longer take it for two different programs. What was included is named and not taken over: the headers that are
allowed come before the text, as they are on the disk."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from grader.legality import names

# A line marker of g++: the line and the file from here on; 1 enters the file, 2 returns to it.
# Source: "Preprocessor Output" in the manual of GNU cpp.
MARKER = re.compile(r'# (\d+) "((?:[^"\\]|\\.)*)"((?: \d)*)$')
BEFORE = "before.hpp"
DIRECTIVES = "directives.json"
PREAMBLE = {"<built-in>", "<command-line>"}
IDENTIFIER = re.compile(r"\b[^\W\d]\w*")
# What #undef refuses: C++ spells these operators with letters, and `defined` belongs to #if.
NEVER_MACROS = set("and and_eq bitand bitor compl defined not not_eq or or_eq xor xor_eq".split())


@dataclass
class Preprocessed:
    """Lines count from 1, as in the file."""

    text: str = ""  # each token on the line on which it stands in the file
    opened: list[tuple[int, str]] = field(default_factory=list)  # line and path of each file that is included
    directives: list[tuple[int, str]] = field(default_factory=list)  # what is left of directives, by line


def read(output: str, name: str, most_lines: int) -> Preprocessed:
    """`output` of `g++ -E` for the file `name`, which has `most_lines` lines.

    Only what stands in the file itself is taken over. A marker that the file forges can hide its own text from the
    compiler, and nothing else."""
    lines = [""] * most_lines
    result = Preprocessed()
    at = depth = 0  # the line of the file, 0 before it begins, and how many included files are open
    reached = 1  # the line that the last of the text stands on
    for raw in output.split("\n"):
        if marker := MARKER.match(raw):
            number, file, flags = int(marker[1]), marker[2], marker[3].split()
            if "1" in flags:
                depth += 1
                if depth == 1 and at:
                    result.opened.append((at, file))
                continue
            depth -= "2" in flags and depth > 0
            if depth == 0 and file in PREAMBLE:
                at, lines = 0, [""] * most_lines
            elif depth == 0 and file == name:
                # Never back: what a macro leaves of an earlier line stands behind what its arguments had on later ones.
                at = max(number, reached)
            elif depth == 0 and at:
                result.directives.append((at, "#line"))
        elif depth == 0 and at:
            line = min(at, most_lines)
            if raw.lstrip().startswith(("#", "%:")) or raw.rstrip().endswith("\\"):
                result.directives.append((line, raw.strip()))
            elif raw.strip():
                lines[line - 1] += f" {raw.lstrip()}" if lines[line - 1] else raw
                reached = line
            at += 1
    result.text = "\n".join(lines) + "\n"
    return result


def save(prepared: Preprocessed, source: Path) -> None:
    """Writes the text to `source`, and beside it what is read before the text, and the directives."""
    source.write_text(prepared.text, encoding="utf-8", newline="\n")
    (source.parent / BEFORE).write_text(before(prepared), encoding="utf-8")
    facts = {"opened": prepared.opened, "directives": prepared.directives}
    (source.parent / DIRECTIVES).write_text(json.dumps(facts), encoding="utf-8")


def load(source: Path) -> Preprocessed:
    facts = json.loads((source.parent / DIRECTIVES).read_text(encoding="utf-8"))
    return Preprocessed(source.read_text(encoding="utf-8"), **facts)


def before(prepared: Preprocessed) -> str:
    """What the compiler and the inspection read before the text: the headers that the file includes, and an end to
    each macro that shares a name with something in it, for the text must not be expanded again."""
    includes = dict.fromkeys(_include(path) for _, path in prepared.opened)
    words = sorted(set(IDENTIFIER.findall(prepared.text)) - NEVER_MACROS)
    return "\n".join([*includes, *(f"#undef {word}" for word in words)]) + "\n"


def _include(path: str) -> str:
    """By its name where that is allowed, whatever file was meant; a file that is refused earns nothing anyway."""
    name = PurePath(path).name
    if name in names.CONTRACT_HEADERS or name == names.LOOP_HEADER:
        return f'#include "{name}"'
    return f"#include <{name}>" if name in names.HARMLESS_HEADERS else f'#include "{path}"'
