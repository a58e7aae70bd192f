"""results.json as Gradescope reads it: python3 -m grader.classroom.marks.gradescope --report FILE --out results.json

The autograder of `make gradescope` writes the same; so do the marks of a class, which leave gradescope/KEY.json."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from grader.classroom.marks.mark import decimal
from grader.classroom.results import Class, maximum_of_rubric
from grader.common.files import replace_whole
from grader.common.language import _
from grader.common.tool import run_tool
from grader.report import report_json
from grader.report.item import EARNS, Item, translated
from grader.report.report_json import Report

TAGS = {"inconclusive": ["noisy"], "skip": ["waits"], "todo": ["to do"], "error": ["grader"]}


def _test(number: int, item: Item) -> dict[str, Any]:
    shown = translated(item)
    test = {
        "name": f"{item.exercise}: {item.title}",
        "number": str(number),
        "status": "passed" if item.status in EARNS else "failed",
        "output": "\n".join(part for part in (shown.message, shown.hint) if part),
        "output_format": "text",
        "name_format": "text",
        "tags": [item.stage, *TAGS.get(item.status, [])],
        "visibility": "visible",
    }
    # What the grader failed to judge counts neither way.
    judged = {} if item.status == "error" else {"score": item.points, "max_score": item.max_points}
    return {**test, **judged}


def results(report: Report, note: str = "") -> dict[str, Any]:
    return {
        "score": float(decimal(report.score, maximum_of_rubric())),
        "output": note,
        "output_format": "text",
        "stdout_visibility": "hidden",  # what is printed there may be a submission's
        "tests": [_test(number, item) for number, item in enumerate(report.items, 1)],
        "extra_data": {"seed": str(report.seed), "blas": report.blas["library"], "protections": report.protections},
    }


def _text(table: dict[str, Any]) -> str:
    return json.dumps(table, indent=1, allow_nan=False) + "\n"


def write(own: Class, out: Path) -> Path:
    folder = out / "gradescope"
    folder.mkdir(parents=True, exist_ok=True)
    for result in own.results:
        file = folder / f"{result.submission.key}.json"
        if result.report and result.is_marked:
            replace_whole(file, _text(results(result.report)))
        else:
            file.unlink(missing_ok=True)
    return folder


def merged(files: list[Path]) -> Report | None:
    """One report of several, each of which is about exercises of its own; of those that are there."""
    reports = [report_json.load(file) for file in files if file.is_file()]
    if not reports:
        return None
    items = [item for report in reports for item in report.items]
    facts = {**vars(reports[0]), "items": items}
    facts |= {key: round(sum(getattr(report, key) for report in reports), 6) for key in ("score", "max_score")}
    return Report(**facts)


def write_results(reports: list[Path], out: Path) -> None:
    """Of the reports that are there; the others are still to come, or their grade was ended."""
    report = merged(reports)
    missing = sum(not file.is_file() for file in reports)
    says = _("{count} of {all} parts are not graded: they are still to come, or took too long")
    note = says.format(count=missing, all=len(reports)) if missing else ""
    replace_whole(out, _text(results(report, note) if report else {"score": 0.0, "output": note}))


def main(arguments: argparse.Namespace) -> None:
    write_results(arguments.report, arguments.out)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m grader.classroom.marks.gradescope", description=__doc__)
    parser.add_argument(
        "--report", type=Path, nargs="+", required=True, help="report.json, of all or of some exercises each"
    )
    parser.add_argument("--out", type=Path, required=True, help="results.json")
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    return parser


if __name__ == "__main__":
    sys.exit(run_tool("gradescope", parser(), main))
