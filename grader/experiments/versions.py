"""The training programs behind `make train`: what they are called, and how to say that one of them failed.

Read by plot.py, compare.py and profile.py; it runs nothing."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from grader.common.language import _, marked
from grader.report.item import printable


@dataclass(frozen=True)
class Version:
    program: str  # in the build folder
    english: str

    @property
    def title(self) -> str:
        return _(self.english)


# By the VERSION of `make train`; its figures are in curves-VERSION.csv.
VERSIONS = {
    "loop": Version("train", marked("the loop version")),
    "learning_curves": Version("train_curves", marked("your train_with_validation")),
    "vec": Version("train_vec", marked("your version")),
    "solutions": Version("train_solutions", marked("the solutions")),
}


def why(title: str, code: int, errors: str) -> str:
    """Why a program ended with this code: the last thing that it said, for the terminal."""
    if code < 0:
        reason = _("{version} was stopped by {signal}. To see more, type: make grade")
        return reason.format(version=title, signal=signal.Signals(-code).name)
    lines = [line for line in errors.splitlines() if line.strip()]
    reason = _("{version} could not train: {reason}")
    return reason.format(version=title, reason=printable(lines[-1]) if lines else "?")
