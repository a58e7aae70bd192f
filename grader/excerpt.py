"""A few lines of a student's file around the one that matters, for the report. Called by stages.py.

Reads the staged copy and nothing else; an excerpt is {"line", "first_line", "lines"}, lines counted from 1."""

from __future__ import annotations

import re
from pathlib import Path

from grader.legality.inspection import text_of

AROUND = 3  # lines on either side
WIDEST = 160  # characters of a line
MOST = 20  # findings of an item that get one: a hostile file has thousands


def _lines(copy: Path) -> list[str]:
    """As a compiler counts them: Python's splitlines knows more ends of a line."""
    return [line.removesuffix("\r") for line in text_of(copy).removeprefix("\ufeff").split("\n")]


def _cut(line: str) -> str:
    line = line.expandtabs(4).rstrip()
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"


def _around(lines: list[str], line: int) -> dict | None:
    if not 1 <= line <= len(lines):
        return None
    first = max(1, line - AROUND)
    return {"line": line, "first_line": first, "lines": [_cut(text) for text in lines[first - 1 : line + AROUND]]}


def with_lines(copy: Path, findings: list[dict]) -> list[dict]:
    """The findings, the first ones of them with the lines around them."""
    lines = _lines(copy)
    shown = [{**finding, "excerpt": _around(lines, finding["line"])} for finding in findings[:MOST]]
    return shown + findings[MOST:]


def for_message(copy: Path, message: str) -> dict | None:
    """The lines around the place that a message names as file:line."""
    place = re.search(rf"\b{re.escape(copy.name)}:(\d+)", message)
    return _around(_lines(copy), int(place[1])) if place else None
