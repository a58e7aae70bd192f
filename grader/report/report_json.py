"""The grade as report.json, and what its statuses mean to a reader. Called by grade.py; judges nothing."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from grader.common.language import _, marked
from grader.common.rubric import Exercise, Rubric
from grader.common.tool import UserError
from grader.machine.blas import Blas

# What an exercise is worth saying first when its items differ: the status that most needs an action.
GRAVITY = ("error", "fail", "todo", "skip", "inconclusive", "pass")
MARKS = {
    "pass": marked("ok"),
    "fail": marked("FAIL"),
    "todo": marked("to do"),
    "skip": marked("waits"),
    "inconclusive": marked("noisy"),
    "error": marked("grader"),
}
# What each protection is, in words; grader/TRUST.md says what it holds off.
PROTECTIONS = {
    "process": marked("own process"),
    "limits": marked("limits"),
    "seccomp": "seccomp",
    "bubblewrap": "bubblewrap",
}


def points(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def open_points(items: list[dict]) -> float:
    """The points of the items that the grader failed to judge."""
    return sum(item["max_points"] for item in items if item["status"] == "error")


def make(
    submission: Path, items: list[dict], exercises: list[Exercise], table: Rubric, seed: int, blas: Blas, protections: list[str]
) -> dict:
    """The report of one grade, in the order of the rubric."""
    order = {name: position for position, name in enumerate(table.exercises)}
    items = sorted(items, key=lambda item: order[item["exercise"]])
    return {
        "submission": str(submission),
        "score": round(sum(item["points"] for item in items), 6),
        # What the grader failed to judge counts neither way.
        "max_score": round(sum(exercise.max_points for exercise in exercises) - open_points(items), 6),
        "seed": seed,
        "mark_to_beat": table.mark_to_beat,
        "blas": asdict(blas),
        "protections": protections,
        "items": items,
    }


@contextmanager
def alone_in(out: Path, option: str = "OUT") -> Iterator[None]:
    """Makes the folder of grades and keeps other grades out of it while the block runs; `option` of make names another."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = (out / "lock").open("w")
    except OSError as error:
        says = _("{out} cannot take a report ({reason}): name a folder that you may write to, {option}=my-folder")
        raise UserError(says.format(out=out, reason=error.strerror, option=option)) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            says = _("another grade is at work in {out}. Wait until it has ended, or name another folder: {option}=my-folder")
            raise UserError(says.format(out=out, option=option)) from None
        yield


def save(report: dict, out: Path) -> None:
    """Writes OUT/report.json in one step, so that a reader finds the old one or the new one, whole."""
    temporary = out / "report.json.new"
    temporary.write_text(json.dumps(report, indent=1) + "\n")
    temporary.replace(out / "report.json")


def worst(items: list[dict]) -> str:
    return min((item["status"] for item in items), key=GRAVITY.index)


def first_to_fix(items: list[dict]) -> dict | None:
    """The first item that the student can act on: something wrong before something that is still to do."""
    for status in ("fail", "todo", "error", "inconclusive", "skip"):
        for item in items:
            if item["status"] == status:
                return item
    return None
