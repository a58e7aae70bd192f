"""Runs a hostile submission against each wall of the grader by itself. Shared by test_hostile.py; holds no test.

The judge is asked also where the legality stage has refused a file, so that both walls are tested: what an attack
earns at run time, and what a grade gives for it. An attack that gets through prints REACHED and what it reached."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT, Build, read_build
from grader.common.rubric import Exercise, rubric
from grader.common.tool import UserError
from grader.grade import loop_ratio, stages
from grader.grade.building import Built, build
from grader.grade.headers import make_headers
from grader.grade.judging import Judge
from grader.grade.staging import Staged
from grader.machine import sandbox
from grader.machine.blas import choose
from grader.tests.support.corpus_support import CORPUS, SEED, SOLUTIONS, build_folder, left_of

HOSTILE = CORPUS / "hostile"
KEYS = ("case", "says", "run time", "graded", "speed", "waits", "compiles", "without the sandbox")
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Attack:
    """A file of this folder and what its header says of it; `says` may hold several words, apart by " | "."""

    exercise: Exercise
    name: str
    text: str
    header: dict[str, str]

    def earns(self, key: str) -> set[str]:
        """The items that the header lets it earn at `run time` or `graded`; nothing unless it says so."""
        listed = self.header.get(key, "nothing")
        return {name for name in self.exercise.points if listed == "all" or name in listed}

    @property
    def neighbour(self) -> str:
        """An honest exercise of the same submission, judged after this one."""
        return "cross_entropy_loss_batch" if self.exercise.name == "evaluate" else "evaluate"


@dataclass
class Run:
    """What the judge said of an attack, with the sandbox or without it, and what was left behind."""

    items: dict[tuple[str, str], dict]  # by exercise and name, whatever legality said
    graded: dict[str, dict]  # the items of the attack's exercise, as a grade has them
    printed: str
    seconds: float
    left: list[str]


@dataclass
class Fight:
    built: Built
    first_items: list[dict]  # of the build and the legality
    runs: dict[str, Run] = field(default_factory=dict)  # "sandbox", "open"


def read_attack(path: Path) -> Attack:
    lines = path.read_text(encoding="latin-1").splitlines(keepends=True)
    header: dict[str, str] = {}
    for line in lines:
        if not (match := re.fullmatch(r"// ([a-z ]+): (.+)\n", line)):
            break
        assert match[1] in KEYS, f"{path.name}: there is no key {match[1]!r}"
        header[match[1]] = match[2]
    text = "".join(lines[len(header) :]).replace("@ROOT@", str(ROOT))
    text = re.sub(r"@REPEAT (\d+)@(.*\n)", lambda match: match[2] * int(match[1]), text)
    return Attack(rubric().exercises[path.stem.split("--")[0]], path.stem, text, header)


@cache
def attacks() -> dict[str, Attack]:
    return {path.stem: read_attack(path) for path in sorted(HOSTILE.glob("*--*.cpp"))}


@cache
def lab() -> Build:
    return read_build(build_folder())


@cache
def no_sandbox() -> str:
    """Why there is no sandbox here, or nothing."""
    try:
        sandbox.require(lab())
    except UserError as error:
        return str(error)
    return ""


def honest_objects(folder: Path) -> Path:
    """The solutions that stand beside an attack, compiled once; with the time of the loop version, measured once."""
    make_headers(lab())
    folder.mkdir()
    loop_ratio.ratios(Judge(lab(), folder, SEED, choose(lab()), launcher=[]))
    (folder / "objects").mkdir(parents=True)
    for name in {"evaluate", *rubric().exercises["train_sgd_vec"].needs}:
        exercise = rubric().exercises[name]
        _build(exercise, (SOLUTIONS / exercise.file).read_bytes(), folder, shut_in=False)
    return folder / "objects"


def _build(exercise: Exercise, content: bytes, folder: Path, shut_in: bool) -> Built:
    copy = folder / "submission" / exercise.name / exercise.file
    copy.parent.mkdir(parents=True)
    copy.write_bytes(content)
    return build(Staged(exercise, copy), lab(), folder / "objects", shut_in)


def _staged(attack: Attack, folder: Path) -> Staged:
    return Staged(attack.exercise, folder / "submission" / attack.exercise.name / attack.exercise.file)


def fight(attack: Attack, folder: Path, honest: Path) -> Fight:
    """Compiles an attack and lets it loose, in the sandbox where there is one and without it."""
    shutil.copytree(honest, folder / "objects")
    for file in (folder / "objects").glob(f"{attack.exercise.name}.*"):
        file.unlink()
    built = _build(attack.exercise, attack.text.encode("latin-1"), folder, shut_in=not no_sandbox())
    result = Fight(built, stages.before_judging([_staged(attack, folder)], {attack.exercise.name: built}))
    if (folder / "objects" / f"{attack.exercise.name}.so").exists():
        for wall in ("open",) if no_sandbox() else ("sandbox", "open"):
            result.runs[wall] = _run(attack, built, folder, wall)
    shutil.rmtree(folder / "objects")
    return result


def _run(attack: Attack, built: Built, folder: Path, wall: str) -> Run:
    out, objects = folder / wall, folder / "objects"
    out.mkdir()
    exercise = attack.exercise
    launcher = sandbox.worker_launcher(lab(), objects) if wall == "sandbox" else []
    judge = Judge(lab(), out, SEED, choose(lab()), launcher, objects=objects)
    before = contents(objects)
    start = time.monotonic()
    found = judge.run([exercise.name], "parity").items + judge.run([attack.neighbour], "parity").items  # in this order
    if "speed" in attack.header:
        found += replace(judge, loop_ratios=loop_ratio.ratios(judge)).run([exercise.name], "speed").items
    seconds = time.monotonic() - start
    graded = stages.parity_items([exercise], [_staged(attack, folder)], {exercise.name: built}, found)
    items = {(item["exercise"], item["name"]): item for item in found}
    printed = "".join(text.read_text(errors="replace") for text in (out / "output").glob("*.txt"))
    left = left_behind(folder, out)
    left += [f"objects/{name} is not what it was" for name, _ in contents(objects) ^ before]
    return Run(items, {item.name: item.to_json() for item in graded}, printed, seconds, left)


def contents(folder: Path) -> set[tuple[str, bytes]]:
    return {(str(path.relative_to(folder)), path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def left_behind(folder: Path, out: Path) -> list[str]:
    """Processes that still know of the folder of a fight, files that do not belong there, and too large ones."""
    left = [f"a process: {command}" for command in left_of(folder).values()]
    known = {folder / name for name in ("submission", "objects", "sandbox", "open")} | {out / "judge", out / "output"}
    left += [f"a file: {path}" for path in {*folder.iterdir(), *out.iterdir()} - known]
    left += [f"a file: {path}" for path in out.rglob("*") if path.is_file() and path.stat().st_size > MEGABYTE]
    places = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path.cwd())
    return left + [f"a file: {place}/hostile-attack" for place in places if (place / "hostile-attack").exists()]
