"""Reads answers.toml: its sections, what in one is still empty, and what is of another kind than asked for.

Called by answers_toml.py, which judges. The file is data: it is parsed, never run."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.common.language import Text, marked, tr
from grader.common.toml_lines import line_of

LONGEST_LINE = 1000  # tomllib takes memory by the square of the length of a dotted key
SHORTEST_REASON = 4  # words


class Fault(Exception):
    """What is wrong with the file or with a section of it, as a Text, and perhaps a hint."""


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _is_reason(value: Any) -> bool:
    return isinstance(value, str) and len(re.findall(r"\w+", value)) >= SHORTEST_REASON


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 5 and all(isinstance(name, str) and name.strip() for name in value)


def _are_numbers(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(map(_is_number, value))


def shape_of(value: Any) -> tuple[str, ...] | None:
    """("K", "m") of "K x m"; a single letter is a column."""
    parts = re.split(r"\s*[x×*,]\s*", value.strip()) if isinstance(value, str) else []
    letters = tuple({"d": "D", "k": "K", "m": "m", "1": "1"}.get(part.lower(), "") for part in parts)
    if len(letters) not in (1, 2) or "" in letters:
        return None
    return letters if len(letters) == 2 else (*letters, "1")


# How TOML wants it written.
IN_QUOTES = marked("text stands between two straight quotation marks, on one line and with none inside")
WRITTEN_OUT = marked("a number is written out, such as 1234 or 0.5: TOML does not compute, and has no decimal comma")
IN_BRACKETS = marked(
    "names stand in straight quotation marks, numbers without; with commas between them, inside one pair of square "
    "brackets"
)
ONCE = marked("each heading and each answer stands there once: keep one of the two")


@dataclass(frozen=True)
class Kind:
    """What an answer has to be: whether a value is, in words, and how TOML wants it written."""

    holds: Callable[[Any], bool]
    words: str
    written: str = IN_BRACKETS


NUMBER = Kind(_is_number, marked("a number, such as 12 or 0.5"), WRITTEN_OUT)
POSITIVE = Kind(
    lambda value: _is_number(value) and value > 0, marked("a number above 0, such as 12 or 0.5"), WRITTEN_OUT
)
REASON = Kind(_is_reason, marked("a sentence in quotes, of four words at least"), IN_QUOTES)
SHAPE = Kind(lambda value: shape_of(value) is not None, marked('a shape of two letters, such as "D x m"'), IN_QUOTES)
NAMES = Kind(_are_names, marked('one to five names in quotes, such as ["exp", "log"]'))
NAME = Kind(
    lambda value: isinstance(value, str) and len(value) <= 60,
    marked("your name in quotes, of 60 letters at most"),
    IN_QUOTES,
)
SIZES = Kind(
    lambda value: _are_numbers(value, 3) and sorted(value) == [1, 64, 4096],
    marked("the numbers 1, 64 and 4096 in your order, in square brackets with commas between them"),
)
THREE = Kind(lambda value: _are_numbers(value, 3), marked("three numbers in square brackets, such as [1.5, 2.0, -3.0]"))
ANYTHING = Kind(lambda value: True, "")  # judged with its own words

SECTIONS = {
    "profile": {"hottest": ANYTHING, "why": REASON},
    "shapes": dict.fromkeys(("logits", "largest", "delta", "grad_W", "grad_b"), SHAPE),
    "predict": {"times": POSITIVE, "batches": SIZES, "hot": NAMES},
    "count": {"name": NAME, "multiplications": NUMBER, "bytes": NUMBER, "operations_per_byte": NUMBER},
    "explain": {
        "first_loss": NUMBER,
        "first_loss_why": REASON,
        "rate": NUMBER,
        "order": THREE,
        "in_cache": NUMBER,
        "large_batch_why": REASON,
        "copies": NUMBER,
    },
}


def is_empty(value: Any) -> bool:
    return value == [] or (isinstance(value, str) and not value.strip())


@dataclass(frozen=True)
class Answers:
    """The file as it was read."""

    text: str
    table: dict[str, dict[str, Any]]

    def given(self, section: str) -> dict[str, Any]:
        """What is not empty any more. A Fault tells of the first thing of another kind than asked for."""
        kinds, values = SECTIONS[section], self.table.get(section, {})
        for key, value in values.items():
            if key not in kinds:
                expected = ", ".join(kinds)
                says = tr("{key} is not asked for; asked for are {expected}", key=key[:60], expected=expected)
                raise self._fault(section, key, says)
            if not is_empty(value) and not kinds[key].holds(value):
                shown = json.dumps(value, ensure_ascii=False, default=str)[:60]
                says = tr("{key} is {value}; expected: {expected}", key=key, value=shown, expected=tr(kinds[key].words))
                raise self._fault(section, key, says)
        return {key: value for key, value in values.items() if not is_empty(value)}

    def missing(self, section: str) -> list[str]:
        """What is still empty, or was not asked for when this file was handed out."""
        given = self.given(section)
        return [key for key in SECTIONS[section] if key not in given]

    def name(self) -> str | None:
        """For which the sizes are drawn that two sections count with."""
        name = self.table.get("count", {}).get("name")
        return name if NAME.holds(name) and not is_empty(name) else None

    def _fault(self, section: str, key: str, says: Text) -> Fault:
        return Fault(tr("answers.toml:{line}: {says}", line=line_of(self.text, (section, key)), says=says))


def _check_headings(text: str, table: dict[str, Any]) -> None:
    expected = ", ".join(f"[{name}]" for name in SECTIONS)
    for name, value in table.items():
        place: dict[str, Any] = {"line": line_of(text, (name,)), "name": name[:60]}
        if name in SECTIONS and not isinstance(value, dict):
            raise Fault(tr("answers.toml:{line}: {name} is a heading: write [{name}], and its answers below", **place))
        if section := next((section for section, keys in SECTIONS.items() if name in keys), ""):
            place["section"] = section
            raise Fault(tr("answers.toml:{line}: {name} stands under no heading; put it under [{section}]", **place))
        if name not in SECTIONS:
            place["expected"] = expected
            raise Fault(tr("answers.toml:{line}: {name} is not asked for; the headings are {expected}", **place))


def _not_toml(text: str, error: str) -> Fault:
    """With how the answer on that line is to be written. One such line takes the whole file with it, which is TOML."""
    place = re.search(r"at line (\d+)", error)
    key = text.split("\n")[int(place[1]) - 1].partition("=")[0].strip() if place else ""
    kind = next((kinds[key] for kinds in SECTIONS.values() if key in kinds), ANYTHING)
    written = kind.written
    if error.startswith("Unclosed array"):  # which began on a line before
        written = IN_BRACKETS
    elif error.startswith("Cannot "):  # overwrite a value, declare a table twice
        written = ONCE
    hint = tr("{how}; until then nothing of the file can be read", how=tr(written))
    if not place:
        return Fault(tr("answers.toml is not valid TOML: {error}", error=error), hint)
    return Fault(tr("answers.toml:{line}: this is not valid TOML: {error}", line=place[1], error=error), hint)


def read(path: Path) -> Answers:
    """The whole file; a Fault if it is no TOML, or has headings that nobody asked for."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        longest = max(map(len, text.split("\n")))
        if longest > LONGEST_LINE:
            lengths = {"count": longest, "most": LONGEST_LINE}
            raise Fault(tr("answers.toml has a line of {count} characters; at most {most} are read", **lengths))
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(text, str(error)[:200]) from None
    except (UnicodeDecodeError, RecursionError) as error:
        says = tr("answers.toml is not valid TOML: {error}", error=str(error)[:200])
        raise Fault(says, tr(IN_BRACKETS)) from None
    _check_headings(text, table)
    return Answers(text, table)
