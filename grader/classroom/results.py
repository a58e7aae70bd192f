"""What is known of a class: each submission of roster.json with its report, or the reason why there is none.

Read by marks and page; it judges nothing. Only what a table of many needs of a report is kept in memory."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.classroom.roster import Entry, load
from grader.common.language import _, marked, shown, unpack
from grader.common.rubric import rubric
from grader.report.item import open_points, points
from grader.report.report_json import Report

# Pictures and samples, which are most of a report and which no mark or table shows.
LEFT_OUT = ("curves", "model", "matrices", "excerpt")
NOT_GRADED = marked("it has not been graded yet: make class grades it")
NO_REPORT = marked("its report cannot be read ({why}): remove {folder} and type make class again")
NOT_A_MARK = marked("its report has no mark that is a number")
OPEN = marked("the grader failed to judge {points} marks, which is its own fault: grade it again")


@dataclass(frozen=True)
class Result:
    submission: Entry
    grade: Path  # the folder that holds what the grade left
    report: Report | None
    reason: str  # why there is no mark, in the reader's language; empty where there is one

    @property
    def is_marked(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class Class:
    folder: Path
    source: str  # moodle, gradescope, canvas, git or folders
    worksheet: Path | None
    results: list[Result]
    maximum: float  # what the rubric gives


def maximum_of_rubric() -> float:
    return round(sum(exercise.max_points for exercise in rubric().exercises.values()), 6)


def _slim(item: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in item.items() if name not in LEFT_OUT}
    if "speed" in kept:
        kept["speed"] = {name: value for name, value in kept["speed"].items() if not name.endswith("_samples")}
    return kept


def _reason(report: Report) -> str:
    if not math.isfinite(report.score) or not math.isfinite(report.max_score):
        return _(NOT_A_MARK)
    if left := open_points(report.items):
        return _(OPEN).format(points=points(left))
    return ""


def why_failed(folder: Path) -> str:
    """The sentence of failed.json, in the reader's language; empty where there is none."""
    try:
        table = json.loads((folder / "failed.json").read_text(encoding="utf-8"))
        reason = unpack(table["reason"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""
    says = shown(reason)
    return _(says) if says == reason and says else says


def _result(submission: Entry, folder: Path) -> Result:
    try:
        table = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        report = Report.from_json({**table, "items": [_slim(item) for item in table["items"]]})
        reason = _reason(report)
    except FileNotFoundError:
        return Result(submission, folder, None, why_failed(folder) or _(NOT_GRADED))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        why = f"{type(error).__name__}: {error}"
        return Result(submission, folder, None, _(NO_REPORT).format(why=why, folder=folder))
    return Result(submission, folder, report, reason)


def read_class(folder: Path) -> Class:
    roster = load(folder)
    worksheet = Path(roster.worksheet) if roster.worksheet else None
    results = [_result(entry, folder / "reports" / entry.key) for entry in roster.submissions]
    return Class(folder, roster.source, worksheet, results, maximum_of_rubric())
