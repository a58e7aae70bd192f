"""PART=k/n: the k-th of n parts of a class, each of which another machine may grade at the same time.

A run without PART= is the one part of all: it grades what the parts have left, and writes marks and page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.classroom.roster import Entry
from grader.common.files import alone_in, in_turn, together_in
from grader.common.language import _
from grader.common.tool import UserError

PART = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")


@dataclass(frozen=True)
class Part:
    number: int = 1
    of: int = 1

    @property
    def is_all(self) -> bool:
        return self.of == 1

    def has(self, entry: Entry) -> bool:
        """By the number of the key, which students keep when others hand in after them."""
        return int(entry.key[1:]) % self.of == self.number % self.of

    def folder(self, out: Path) -> Path:
        """For what this run alone writes."""
        return out if self.is_all else out / f"part-{self.number}-of-{self.of}"


def part_of(text: str) -> Part:
    if not text:
        return Part()
    match = PART.fullmatch(text)
    if not match or int(match[1]) > int(match[2]):
        says = _("PART={part}: a part's number and the number of parts are needed, from PART=1/4 to PART=4/4 for four")
        raise UserError(says.format(part=text))
    return Part(int(match[1]), int(match[2]))


@contextmanager
def at_work(out: Path, part: Part) -> Iterator[None]:
    """Lets the n parts of one division work at once, each of them once, and nobody beside a run without PART=."""
    with alone_in(part.folder(out)), ExitStack() as held:
        if not part.is_all:
            with in_turn(out):
                held.enter_context(together_in(out, f"1/{part.of}\n"))
        yield
