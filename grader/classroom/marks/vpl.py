"""What VPL (Moodle) reads on stdout: python3 -m grader.classroom.marks.vpl REPORT. Called by vpl_evaluate.sh.

VPL takes the last line "Grade :=>>..." for the mark, whoever printed it: each line here starts with words of ours, and
nothing of a submission can start another."""

from __future__ import annotations

import argparse
import math
import os
import sys
from pathlib import Path

from grader.classroom.marks.feedback import total
from grader.classroom.marks.mark import by_exercise, decimal
from grader.classroom.results import Class, maximum_of_rubric
from grader.common.files import replace_whole
from grader.common.language import _, readable
from grader.common.tool import UserError, run_tool
from grader.report import report_json
from grader.report.item import MARKS, Item, marks_of, open_points, points, translated
from grader.report.report_json import Report

COMMENT, GRADE = "Comment :=>>", "Grade :=>>"


def _comment(text: str) -> str:
    """On one line, whatever ends a line anywhere; a ":" after it never makes another prefix."""
    return COMMENT + " ".join(readable(text).replace(":=>>", ": =>>").split())


def _lines(item: Item) -> list[str]:
    if item.status == "pass":
        return []
    shown = translated(item)
    said = f"{_(MARKS[item.status])} {item.title}: {shown.message} {shown.hint}"
    return [_comment(said)]


def output(report: Report, maximum: float) -> str:
    lines = []
    for name, items in by_exercise(report).items():
        lines.append(_comment(f"-{name} {marks_of(items)}"))  # "-" makes a title
        lines += [line for item in items for line in _lines(item)]
    if left := open_points(report.items):
        says = _("The grader failed to judge {points} marks, which is its own fault: grade again.")
        return "\n".join([*lines, _comment(says.format(points=points(left))), ""])
    if maximum != maximum_of_rubric():
        lines.append(_comment(total(report, maximum_of_rubric(), maximum)))
    lines.append(GRADE + decimal(report.score * maximum / maximum_of_rubric(), maximum))
    return "\n".join([*lines, ""])


def write(own: Class, out: Path) -> Path:
    folder = out / "vpl"
    folder.mkdir(parents=True, exist_ok=True)
    for result in own.results:
        text = (
            output(result.report, own.maximum) if result.report and result.is_marked else _comment(result.reason) + "\n"
        )
        replace_whole(folder / f"{result.submission.key}.txt", text)
    return folder


def _maximum() -> float:
    try:
        value = float(os.environ.get("VPL_GRADEMAX", ""))
    except ValueError:
        return maximum_of_rubric()
    return value if math.isfinite(value) and value > 0 else maximum_of_rubric()


def main(arguments: argparse.Namespace) -> None:
    try:
        print(output(report_json.load(arguments.report), _maximum()), end="")
    except UserError as error:
        print(_comment(str(error)))


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m grader.classroom.marks.vpl", description=__doc__)
    parser.add_argument("report", type=Path, help="report.json of a grade")
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    return parser


if __name__ == "__main__":
    sys.exit(run_tool("vpl", parser(), main))
