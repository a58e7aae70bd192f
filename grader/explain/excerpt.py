"""A few lines of a student's file around the one that matters, for the report. Called by stages.py.

Reads the staged copy and nothing else; an excerpt is {"line", "first_line", "lines"} and, where it is known, "column",
both counted from 1."""

from __future__ import annotations

import re
from pathlib import Path

from grader.common.files import text_of

AROUND = 3  # lines on either side
WIDEST = 160  # characters of a line
MOST = 20  # findings of an item that get one: a hostile file has thousands


def _lines(copy: Path) -> list[str]:
    """As a compiler counts them: Python's splitlines knows more ends of a line."""
    return [line.removesuffix("\r") for line in text_of(copy).removeprefix("\ufeff").split("\n")]


def _cut(line: str) -> str:
    line = line.expandtabs(4).rstrip()
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"


def _around(lines: list[str], line: int, around: int = AROUND) -> dict | None:
    if not 1 <= line <= len(lines):
        return None
    first = max(1, line - around)
    return {"line": line, "first_line": first, "lines": [_cut(text) for text in lines[first - 1 : line + around]]}


def with_lines(copy: Path, findings: list[dict]) -> list[dict]:
    """The findings, the first ones of them with the lines around them."""
    lines = _lines(copy)
    shown = [{**finding, "excerpt": _around(lines, finding["line"])} for finding in findings[:MOST]]
    return shown + findings[MOST:]


def _line_of(copy: Path, message: str) -> int | None:
    """The line that a message names as file:line."""
    place = re.search(rf"\b{re.escape(copy.name)}:(\d+)", message)
    return int(place[1]) if place else None


def _column_after(line: str, before: str) -> int:
    """The column of what follows `before`, which has no spaces, in a line that may have some; 0 when that does not
    begin the line: a macro or a comment stood there."""
    read = 0
    for column, letter in enumerate(line, 1):
        if read == len(before) and not letter.isspace():
            return column
        if not letter.isspace() and letter != before[read]:
            return 0
        read += not letter.isspace()
    return len(line) + 1 if read == len(before) else 0


def for_message(copy: Path, message: str, before: str | None = None) -> dict | None:
    """The lines around the place that a message names. `before` is what the compiler has read in the line before the
    place, without spaces: the preprocessor moves columns."""
    line = _line_of(copy, message)
    found = _around(_lines(copy), line) if line else None
    if found and before is not None:
        text = found["lines"][found["line"] - found["first_line"]]
        found |= {"column": column} if (column := _column_after(text, before)) else {}
    return found


def line_for_message(copy: Path, message: str) -> dict | None:
    """That line of answers.toml alone, and not the one with the name, which no report shows."""
    line = _line_of(copy, message)
    found = _around(_lines(copy), line, 0) if line else None
    return None if found and re.search(r"\bname\b", found["lines"][0]) else found


def function_at(copy: Path, message: str, functions: tuple[str, ...]) -> str:
    """Which of the functions holds the line that a message names, or ""; by the look of a file that may not compile: a
    function begins in the first column and ends with a brace there."""
    begins = re.compile(rf"(?!return\b)\w[^;(]*\b({'|'.join(map(re.escape, functions))})\(")
    line = _line_of(copy, message) or 0
    function = ""
    for number, text in enumerate(_lines(copy)[:line], 1):
        if begin := begins.match(text):
            function = begin[1]
        elif text.startswith("}") and number < line:
            function = ""
    return function
