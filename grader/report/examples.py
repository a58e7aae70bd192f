"""A small input of a function with what it gives, in numbers that one can check by hand (examples.toml): what the
terminal and the page draw beside a stub."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("examples.toml")
GAP, ARROW = "   ", "->"


@dataclass(frozen=True)
class Matrix:
    """A matrix, a column or a number, each element as it is shown."""

    name: str
    shape: str  # "2 x 3", or "3" of a column; empty for a number
    rows: list[list[str]]

    @staticmethod
    def of(name: str, value: Any) -> Matrix:
        if not isinstance(value, list):
            return Matrix(name, "", [[f"{value:g}"]])
        is_column = not isinstance(value[0], list)
        rows = [[f"{x:g}" for x in (row if isinstance(row, list) else [row])] for row in value]
        return Matrix(name, f"{len(rows)}" if is_column else f"{len(rows)} x {len(rows[0])}", rows)

    @property
    def heading(self) -> str:
        return f"{self.name} ({self.shape})" if self.shape else self.name

    def lines(self) -> list[str]:
        """The heading above the elements, all as long."""
        widths = [max(map(len, column)) for column in zip(*self.rows, strict=True)]
        drawn = [" ".join(f"{x:>{width}}" for x, width in zip(row, widths, strict=True)) for row in self.rows]
        longest = max(map(len, [self.heading, *drawn]))
        return [line.ljust(longest) for line in [self.heading, *drawn]]


def _beside(blocks: Iterable[list[str]]) -> list[str]:
    """Blocks of lines from left to right."""
    known = list(blocks)
    rows = zip_longest(*known)
    return [GAP.join(part or " " * len(block[0]) for part, block in zip(row, known, strict=True)) for row in rows]


@dataclass(frozen=True)
class Example:
    function: str
    given: list[Matrix]
    gives: list[Matrix]

    def lines(self) -> list[str]:
        arrow = [" " * len(ARROW), ARROW]
        return [
            line.rstrip()
            for line in _beside([*(m.lines() for m in self.given), arrow, *(m.lines() for m in self.gives)])
        ]


@cache
def _known() -> Mapping[str, Example]:
    def matrices(table: dict[str, Any]) -> list[Matrix]:
        return [Matrix.of(name, value) for name, value in table.items()]

    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: Example(name, matrices(one["given"]), matrices(one["gives"])) for name, one in table.items()}


def of(function: str) -> Example | None:
    """None for a function that trains for a long time, which is nothing to do by hand."""
    return _known().get(function)
