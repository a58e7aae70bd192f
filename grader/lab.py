"""The facts that the grader's tools share: where things are, the rubric, and what the build has made.

Read by every Python tool of the grader; it decides nothing."""

from __future__ import annotations

import json
import sys
import textwrap
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.language import _

ROOT = Path(__file__).resolve().parent.parent


class UserError(Exception):
    """What went wrong in the user's terms: the tool hands it to complain(), and shows no traceback."""


def complain(tool: str, error: UserError | str) -> int:
    """Prints what went wrong; returns the exit code of the tool."""
    text = textwrap.fill(f"{tool}: {error}", 80, break_long_words=False, break_on_hyphens=False)
    print(text, file=sys.stderr)
    return 2


def may_be_a_stub(file: Path) -> bool:
    """Whether something in the file is still to do, as far as its text tells; the grade itself looks more closely."""
    text = file.read_text(errors="replace") if file.is_file() else ""
    return "lab::NotImplemented" in text or "hottest = []" in text


@dataclass(frozen=True)
class Exercise:
    """One file of a submission and what it can earn."""

    name: str  # the file's stem
    step: int  # of the lab
    rules: str  # of legality
    functions: tuple[str, ...]
    points: dict[str, float]  # of the parity items, by their names
    speed: dict[str, float]  # of the speed items

    @property
    def file(self) -> str:
        return "answers.toml" if self.name == "answers" else f"{self.name}.cpp"

    @property
    def max_points(self) -> float:
        return sum(self.points.values()) + sum(self.speed.values())


@dataclass(frozen=True)
class Rubric:
    exercises: dict[str, Exercise]
    mark_to_beat: float
    budget_seconds: float
    precision: float
    gates: dict[str, dict[str, float]]  # of the speed items, by their names


@cache
def rubric() -> Rubric:
    table = tomllib.loads((ROOT / "grader" / "rubric.toml").read_text())
    exercises = {
        name: Exercise(name, row["step"], row["rules"], tuple(row["functions"]), row["points"], row.get("speed", {}))
        for name, row in table["exercises"].items()
    }
    return Rubric(exercises, **table["speed"])


@dataclass(frozen=True)
class Build:
    """What CMake built, from lab.json in the build folder."""

    folder: Path
    compiler: str
    flags: tuple[str, ...]
    judge: str
    worker: str
    blas_probe: str
    profile: str
    seccomp: bool  # the workers shut themselves in
    worker_objects: tuple[str, ...]  # of the grader's own, that workers load


def read_build(folder: Path) -> Build:
    facts = folder / "lab.json"
    if not facts.exists():
        raise UserError(_("{file} is missing: the grader is not built. Type: make grade").format(file=facts))
    table = json.loads(facts.read_text())
    return Build(folder=folder, **{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})
