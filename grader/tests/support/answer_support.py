"""Shared by the tests that search for the answers in what students read: the statements of solutions/ and of the peers
of `make bench`, and those of steps 5, 6 and 9 whatever their variables are called, in NumPy as well. Holds no test."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT

SOLUTIONS = ROOT / "solutions"
REFERENCE = ROOT / "reference"
PEERS = [ROOT / "grader" / "experiments" / "bench" / name for name in ("eigen.cpp", "written_out.py")]
# Students have these, with the lines that they share with the answers: stubs and loop versions.
GIVEN = [*(ROOT / "exercises").glob("*.*"), REFERENCE / "softmax_reg.cpp", REFERENCE / "softmax_reg.py"]
DERIVED = ("train_sgd_vec", "softmax_batch", "cross_entropy_loss_batch", "grad_batch", "evaluate")
A_CALL = re.compile(r"[\w:]+\([\w,.]*\)")  # of a function with what its parameters are called: it says nothing
A_VARIABLE = re.compile(rb"(?<![\w.])(?!np\b)[A-Za-z]\w*(?![\w(])")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def statements(files: Iterable[Path]) -> Iterator[str]:
    """Of each answer in the files, between its markers, without comments."""
    for file in files:
        text = file.read_text(encoding="utf-8")
        for answer in re.findall(r"(?://|#) ANSWER.*?\n(.*?)(?://|#) END ANSWER", text, re.DOTALL):
            yield from re.split(r"[;{}\n]\s*", re.sub(r"//.*", "", answer))


def pieces() -> Iterator[str]:
    """Each statement, and what it assigns, adds or returns, squeezed."""
    for statement in map(squeezed, statements([*sorted(SOLUTIONS.iterdir()), *PEERS])):
        yield statement
        value = re.split(r"^return|[-+*/%]?=(?!=)", statement, maxsplit=1)[-1]
        yield from [] if A_CALL.fullmatch(value) else [value]


@cache
def telling_pieces() -> frozenset[str]:
    """Those that say how a task is done: more than a name, a declaration or what everybody is given."""
    given = "".join(squeezed(path.read_text(encoding="utf-8")) for path in GIVEN)
    return frozenset(p for p in pieces() if re.search(r"[(\[*\"]|[-+]=", p) and len(p) >= 12 and p not in given)


def joined(content: bytes) -> bytes:
    """Unpacked, and with the pieces of a text that goes on in the next line joined, as in a catalogue."""
    return (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).replace(b'"\n"', b"")


def searchable(content: bytes) -> bytes:
    return re.sub(rb"\\[nt]|[\s\0\\]|\"\"", b"", joined(content))


def without_names(content: bytes) -> bytes:
    return searchable(A_VARIABLE.sub(b"_", joined(content)))


def lines_of_numpy() -> list[str]:
    """What steps 5, 6 and 9 are in NumPy: the batches that instructors have, and what a teacher may show in the stubs."""
    lines = (REFERENCE / "softmax_reg_vec.py").read_text(encoding="utf-8").split("\n\n\n", 1)[1].splitlines()
    for name in DERIVED:
        shown = re.findall(r"// NUMPY NumPy, [^:]*: (.*)", (SOLUTIONS / f"{name}.cpp").read_text(encoding="utf-8"))
        lines += [part for line in shown for part in line.split("; ")]
    return [re.sub(r"^return float\((.*)\)$", r"\1", line.strip()) for line in lines if "def " not in line]


@cache
def nameless_pieces() -> frozenset[str]:
    """Each line of the answers to steps 5, 6 and 9, in C++ and in NumPy, and what it assigns, adds or returns, if it
    says something whatever its variables are called: two calls at least."""
    derived = [SOLUTIONS / f"{name}.cpp" for name in DERIVED]
    code = [re.sub(r"^return ", "", line.strip()) for line in [*statements(derived), *lines_of_numpy()]]
    values = [value for line in code for value in re.split(r"(?<=\)), (?=np\.)", re.split(r" [-+*/%]?= ", line)[-1])]
    given = b"".join(without_names(path.read_bytes()) for path in GIVEN)
    bare = {line: without_names(line.encode()) for line in [*code, *values]}
    telling = re.compile(rb"np\.|\w\(.*\w\(")
    return frozenset(line for line, p in bare.items() if telling.search(p) and len(p) >= 12 and p not in given)


def answers_in(folder: Path) -> list[tuple[str, str]]:
    """Each file of the folder, of whatever kind, with a piece of an answer that it holds."""
    wanted = [(piece, searchable(piece.encode())) for piece in sorted(telling_pieces())]
    nameless = [(piece, without_names(piece.encode())) for piece in sorted(nameless_pieces())]
    found = []
    for file in (path for path in sorted(folder.rglob("*")) if path.is_file()):
        content = searchable(file.read_bytes())
        bare = without_names(file.read_bytes()) if re.search(rb"np\.|arma|each_", content) else b""
        held = [piece for piece, text in wanted if text in content] + [p for p, text in nameless if text in bare]
        found += [(str(file.relative_to(folder)), piece) for piece in held]
    return found
