"""The ladders of hints in ladders/: three rungs for each thing that can go wrong, from a nudge to nearly there;
five for the steps of the bonus.

Finds the ladder for an item of a report; called by hint.py. Shows nothing and remembers nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.common.language import current
from grader.common.rubric import Exercise
from grader.explain.compiler_hints import ALONE, NOT_KNOWN
from grader.report.item import Item


FOLDER = Path(__file__).parent / "ladders"  # the English ones; the others are in folders of it
# What went wrong, by the words of an item's message; "values" when it is none of these.
KIND_OF_MESSAGE = (
    (r"^does not compile", "compile"),
    (r"threw an exception: .*requested size is not compatible with \w+ vector layout", "layout"),
    (r"threw an exception: .*(out of bounds|out of range|_M_range_check)", "index"),
    (r"threw an exception: .*(incompatible .*\d+x\d+|solve\(\): number of rows)", "exception"),
    (r"threw an exception", "thrown"),
    (r"did not return in time|its calls took more than|used more CPU time", "endless"),
    (r"is not defined with the signature", "signature"),
    (r"could not be loaded: it calls", "undefined"),
    (r"crashed|aborted|was ended by|ended the process|closed its connection|asked for more memory", "crash"),
    (r"should be \d+ x \d+ but is \d+ x \d+", "shape"),
    (r"but is -?(nan|inf)", "not finite"),
)
# Rules of legality whose mistake is that of another rule.
LIKE_A_LOOP = ("recursion", "lambda", "pack")
NUMBER = re.compile(r"-?\b\d[\d.]*(e[-+]?\d+)?(?=x\d|\b)|(?<=x)\d+")


@dataclass(frozen=True)
class Ladder:
    key: str  # table and entry in ladders/, by which it is remembered
    rungs: tuple[str, ...]


@cache
def tables(language: str = "en") -> dict[str, dict]:
    """The ladders by task, and those of "any" task: by kind, and under "says" by words of what the check says. The keys
    are English in every language."""
    result: dict[str, dict] = {}
    for path in sorted((FOLDER if language == "en" else FOLDER / language).glob("*.toml")):
        result |= tomllib.loads(path.read_text(encoding="utf-8"))
    return result


def kinds_of(item: Item) -> tuple[str, ...]:
    """What went wrong, from the particular to the general."""
    if item.stage == "answer":
        return (item.name, "todo" if item.status == "todo" else "values")
    if item.status == "todo":
        return ("todo",)
    if item.stage == "speed":
        return ("slow",)
    if item.stage == "legality":
        rule = item.findings[0]["rule"] if item.findings else ""
        return (rule, *(["loop"] if rule in LIKE_A_LOOP else []), "allowed")
    kind = next((kind for words, kind in KIND_OF_MESSAGE if re.search(words, item.message)), "values")
    if kind == "compile" and item.hint not in ("", ALONE, NOT_KNOWN):
        return ("known error", kind)
    return ("file",) if item.stage == "build" and kind != "compile" else (kind,)


def what_failed(item: Item) -> str:
    """What tells a failure from another one of its kind; no line, size or value, since inputs are drawn afresh."""
    if item.status == "todo" or item.stage == "speed":
        return ""
    message = re.sub(r" \(and \d+ more\)$", "", item.message)  # of findings
    if kinds_of(item)[0] in ("values", "shape", "not finite"):
        # Of values the hint knows more than the message, which shows one of many elements.
        message = f"{message.split(' should be ')[0]} {item.hint}"
    return NUMBER.sub("#", message)


def _entries(task: str, item: Item) -> Iterator[tuple[str, list[str]]]:
    """The ladders that fit the item, which is in English, by their keys: a mistake that the hint names before the
    check, both before their kind, the task's own before that of any."""
    kinds = kinds_of(item)
    own, common = tables(current()).get(task, {}), tables(current())["any"]
    for text in (item.hint, f"{item.name}\n{item.message}"):
        for name, table in ((task, own), ("any", common)):
            says = table.get("says", {}) if kinds[-1] in ("values", "slow") else {}
            yield from ((f"{name}: {words}", rungs) for words, rungs in says.items() if words in text)
    for kind in kinds:
        yield from ((f"{name}: {kind}", t[kind]) for name, t in ((task, own), ("any", common)) if kind in t)


def ladder_for(task: str, exercise: Exercise, item: Item) -> Ladder:
    key, rungs = next(_entries(task, item))
    header = "vec_exos.hpp" if len(exercise.functions) > 1 else "softmax_reg_vec.hpp"
    return Ladder(key, tuple(rung.format(file=exercise.file, header=header) for rung in rungs))
