"""exercises.csv: a line for each submission, its mark or the reason why there is none, the points of each exercise, and
the processor that timed it. Of the bonus it has the bonus marks, which are no part of the mark."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from grader.classroom.marks.mark import decimal, mark, safe_cell
from grader.classroom.results import Class, Result
from grader.common.files import replace_whole
from grader.common.rubric import rubric
from grader.report.item import open_points

HEAD = ("key", "name", "identifier", "email", "state", "mark", "maximum")


def _exercise_points(result: Result) -> list[str]:
    earned = []
    for exercise in rubric().exercises.values():
        own = [item for item in result.report.items if item.exercise == exercise.name] if result.report else []
        judged = own and not open_points(own)
        most = exercise.bonus.most if exercise.bonus else exercise.max_points
        earned.append(decimal(sum(item.points + item.bonus for item in own), most) if judged else "")
    return earned


def _row(result: Result, own: Class) -> list[str]:
    who = result.submission
    said = [safe_cell(text) for text in (who.name, who.identifier, who.email)]
    most = decimal(own.maximum, own.maximum)
    processor = safe_cell(result.report.processor) if result.report else ""
    about = who.key, *said, who.state, mark(result, own), most
    return [*about, *_exercise_points(result), processor, safe_cell(result.reason)]


def write(own: Class, out: Path) -> Path:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([*HEAD, *rubric().exercises, "processor", "reason"])
    rows.writerows(_row(result, own) for result in own.results)
    file = out / "exercises.csv"
    replace_whole(file, text.getvalue())
    return file
