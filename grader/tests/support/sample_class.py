"""Makes a class of N as Moodle would pack it, from the corpora: python3 -m grader.tests.support.sample_class N FOLDER.

The same seed makes the same class: right in many styles, each mistake, broken, hostile, late, empty, two versions, and
a few that copied from each other. Holds no test."""

from __future__ import annotations

import argparse
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.tests.support import corpus_support as support

SEED = 20
FIRST = (
    "Ana",
    "Zo\u00e9",
    "Jean-\u00c9mile",
    "N\u00fa\u00f1ez",
    "Bj\u00f6rn",
    "Mei",
    "Oluwaseun",
    "Ma\u00eblle",
    "Ivan",
    "Sa\u00efd",
)
LAST = (
    "Roy",
    "D\u2019Arc",
    "OBrien",
    "de la Tour",
    "M\u00fcller",
    "\u0141uk",
    "Nguyen",
    "Petit",
    "Abdi",
    "Lef\u00e8vre",
)
# How many in a hundred are of each kind; the rest are right.
MISTAKES = {"wrong": 30, "illegal": 10, "broken": 8, "hostile": 3, "unfinished": 8, "empty": 2}
WRAPS = {"flat files": 50, "zip": 30, "zip of the lab": 20}

Files = dict[str, bytes]


def _of_cases(kind: str, count: int, chance: random.Random) -> Files:
    """The solutions' files with those of some cases of a kind in their place, one for an exercise at most."""
    files: Files = {file.name: file.read_bytes() for file in sorted(support.SOLUTIONS.iterdir()) if file.is_file()}
    for case in chance.sample([case for case in support.cases() if case.kind == kind], count):
        files[case.exercise.file] = support.source([case])
    return files


def _right(chance: random.Random) -> Files:
    return _of_cases("right", 5, chance)


def _hostile(chance: random.Random) -> Files:
    attack = chance.choice(sorted((support.CORPUS / "hostile").glob("*--*.cpp")))
    return _right(chance) | {f"{attack.name.split('--')[0]}.cpp": attack.read_bytes()}


def _unfinished(chance: random.Random) -> Files:
    files = _right(chance)
    stubs = [file for file in sorted((ROOT / "exercises").iterdir()) if file.name in files]
    return files | {stub.name: stub.read_bytes() for stub in chance.sample(stubs, chance.randint(1, len(stubs)))}


KINDS: dict[str, Callable[[random.Random], Files]] = {
    "right": _right,
    "wrong": lambda chance: _of_cases("wrong", chance.randint(1, 3), chance),
    "illegal": lambda chance: _of_cases("illegal", chance.randint(1, 2), chance),
    "broken": lambda chance: _of_cases("broken", 1, chance),
    "hostile": _hostile,
    "unfinished": _unfinished,
    "empty": lambda chance: {"README.txt": b"I have had no time"},
}


def _drawn(shares: dict[str, int], rest: str, chance: random.Random) -> str:
    number = chance.randrange(100)
    for name, share in shares.items():
        number -= share
        if number < 0:
            return name
    return rest


def _zip(files: Files, folder: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(folder + name, (2026, 11, 20, 12, 0, 0)), content)
    return stream.getvalue()


def _packed(files: Files, chance: random.Random) -> Files:
    how = _drawn(WRAPS, "zip", chance)
    if how == "flat files":
        return files
    return {"TP3.zip": _zip(files, "tp3/exercises/" if how == "zip of the lab" else "")}


def _resent(file: str) -> str:
    """The name that Canvas gives to a file that is handed in a second time."""
    stem, dot, ending = file.rpartition(".")
    return f"{stem}-1{dot}{ending}"


def make(count: int, folder: Path, seed: int = SEED) -> dict[str, str]:
    """Returns the kind of each, by the number of the participant."""
    chance = random.Random(seed)
    kinds, rows, before = {}, [], {}
    for number in range(1, count + 1):
        kind = _drawn(MISTAKES, "right", chance)
        files = KINDS[kind](chance)
        if before and chance.randrange(100) < 4:
            files, kind = before, kinds[str(1000 + number - 1)]  # from the neighbour
        before = files
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        own = folder / f"{name}_{1000 + number}_assignsubmission_file"
        own.mkdir(parents=True)
        renamed = chance.randrange(100) < 5
        packed = _packed({_resent(file) if renamed else file: content for file, content in files.items()}, chance)
        if chance.randrange(100) < 5:
            packed["softmax_batch (1).cpp"] = files.get("softmax_batch.cpp", b"") + b"// again\n"
        for file, content in packed.items():
            (own / file).write_bytes(content)
        late = " - 2 hours late" if chance.randrange(100) < 6 else ""
        rows.append(
            f"Participant {1000 + number},{name},s{number}@x.org,Submitted for grading{late},,20.00,Yes,-,-\r\n"
        )
        kinds[str(1000 + number)] = kind
    head = "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    head += "Last modified (submission),Last modified (grade)\r\n"
    (folder / "worksheet.csv").write_text(head + "".join(rows), encoding="utf-8", newline="")
    return kinds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    print(make(arguments.count, arguments.folder, arguments.seed))


if __name__ == "__main__":
    main()
