"""Shared by the tests that search for the answers in what students read: the statements of solutions/. Holds no test."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT

SOLUTIONS = ROOT / "solutions"
# Students have these, with the lines that they share with the answers: stubs, loop version, and what the handout teaches.
GIVEN = [*(ROOT / "exercises").glob("*.*"), ROOT / "reference" / "softmax_reg.cpp", ROOT / "handout.md"]
A_CALL = re.compile(r"[\w:]+\([\w,.]*\)")  # of a function with what its parameters are called: it says nothing


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def statements() -> Iterator[str]:
    """Of each answer, between its markers, without comments."""
    for solution in sorted(SOLUTIONS.glob("*.*")):
        text = solution.read_text(encoding="utf-8")
        for answer in re.findall(r"(?://|#) ANSWER.*?\n(.*?)(?://|#) END ANSWER", text, re.DOTALL):
            yield from re.split(r"[;{}\n]\s*", re.sub(r"//.*", "", answer))


def pieces() -> Iterator[str]:
    """Each statement, and what it assigns, adds or returns, squeezed."""
    for statement in map(squeezed, statements()):
        yield statement
        value = re.split(r"^return|[-+*/%]?=(?!=)", statement, maxsplit=1)[-1]
        yield from [] if A_CALL.fullmatch(value) else [value]


@cache
def telling_pieces() -> frozenset[str]:
    """Those that say how a task is done: more than a name, a declaration or what everybody is given."""
    given = "".join(squeezed(path.read_text(encoding="utf-8")) for path in GIVEN)
    return frozenset(p for p in pieces() if re.search(r"[(\[*]|[-+]=", p) and len(p) >= 12 and p not in given)


def searchable(content: bytes) -> bytes:
    """Squeezed, unpacked, and with the pieces of a text that goes on in the next line joined, as in a catalogue."""
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    return re.sub(rb"\\[nt]|[\s\0\\]|\"\"", b"", content.replace(b'"\n"', b""))


def answers_in(folder: Path) -> list[tuple[str, str]]:
    """Each file of the folder, of whatever kind, with a piece of an answer that it holds."""
    wanted = [(piece, searchable(piece.encode())) for piece in sorted(telling_pieces())]
    found = []
    for file in (path for path in sorted(folder.rglob("*")) if path.is_file()):
        content = searchable(file.read_bytes())
        found += [(str(file.relative_to(folder)), piece) for piece, bare in wanted if bare in content]
    return found
