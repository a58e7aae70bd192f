"""The grade as report.json, which report_json.md specifies. Written by the grade and the watcher; judges nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from grader.common.files import replace_whole
from grader.common.language import _, marked
from grader.common.rubric import Exercise, Rubric
from grader.common.tool import UserError
from grader.machine.blas import Blas
from grader.report.item import Item, open_points

# What each protection is, in words; grader/TRUST.md says what it holds off.
PROTECTIONS = {
    "process": marked("own process"),
    "limits": marked("limits"),
    "seccomp": "seccomp",
    "bubblewrap": "bubblewrap",
}


@dataclass(frozen=True)
class Report:
    submission: str
    score: float
    max_score: float
    bonus: float = field(default=0.0, kw_only=True)  # beside the score
    max_bonus: float = field(default=0.0, kw_only=True)  # 0 where it was not measured
    seed: int
    mark_to_beat: float
    blas: dict[str, Any]
    processor: str = field(default="", kw_only=True)  # older reports do not name it
    protections: list[str]
    items: list[Item]

    @property
    def is_full(self) -> bool:
        """All that can be earned is earned, and the grader has judged everything."""
        return self.score == self.max_score and not open_points(self.items)

    def to_json(self) -> dict[str, Any]:
        table = {**vars(self), "items": [item.to_json() for item in self.items]}
        left_out = {"processor"} if self.max_bonus else {"processor", "bonus", "max_bonus"}
        return {name: value for name, value in table.items() if value or name not in left_out}

    @staticmethod
    def from_json(table: dict[str, Any]) -> Report:
        table = {"processor": "", "bonus": 0.0, "max_bonus": 0.0, **table}
        facts = {f.name: table[f.name] for f in fields(Report) if f.name != "items"}
        return Report(**facts, items=[Item.from_json(item) for item in table["items"]])


def make(
    submission: Path,
    items: list[Item],
    exercises: list[Exercise],
    table: Rubric,
    seed: int,
    blas: Blas,
    protections: list[str],
    processor: str = "",
) -> Report:
    """The report of one grade, in the order of the rubric."""
    order = {name: position for position, name in enumerate(table.exercises)}
    return Report(
        submission=str(submission),
        score=round(sum(item.points for item in items), 6),
        # What the grader failed to judge counts neither way.
        max_score=round(sum(exercise.max_points for exercise in exercises) - open_points(items), 6),
        bonus=round(sum(item.bonus for item in items), 6),
        max_bonus=sum(item.max_bonus for item in items),
        seed=seed,
        mark_to_beat=table.mark_to_beat,
        blas=asdict(blas),
        processor=processor,
        protections=protections,
        items=sorted(items, key=lambda item: order[item.exercise]),
    )


def save(report: Report, out: Path) -> None:
    replace_whole(out / "report.json", json.dumps(report.to_json(), indent=1) + "\n")


def load(file: Path) -> Report:
    """A UserError says why it cannot be read."""
    try:
        return Report.from_json(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        reason = error.strerror
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
    says = _("{file} cannot be read ({reason}). `make grade` writes build/grade/report.json")
    raise UserError(says.format(file=file, reason=reason))
