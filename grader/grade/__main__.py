"""Grades a submission and shows what came of it: python3 -m grader.grade SUBMISSION --build DIR --out DIR.

`make grade` calls it. Leaves OUT/report.json and the page made from it, OUT/report.html."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.common.files import alone_in
from grader.common.language import _, shown
from grader.common.tool import complain, fault_of_machine, run_tool
from grader.grade.grade import Request, grade
from grader.machine import limited_run
from grader.report import journal, page, report_json, terminal
from grader.report.report_json import Report


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make grade", description=__doc__.splitlines()[0])
    parser.add_argument("submission", type=Path, help="the folder that holds the files of exercises/")
    parser.add_argument("--build", type=Path, required=True, help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="gets report.json and report.html")
    parser.add_argument("--only", default="", help="exercises to grade, separated by commas")
    parser.add_argument("--seed", default="", help="of the inputs that are drawn; a fresh one when empty")
    parser.add_argument("--note", default="", help="what was tried: a line of the journal, OUT/journal.jsonl")
    parser.add_argument("--sandbox", action="store_true", help="shut the compiler and the workers in (bubblewrap)")
    parser.add_argument("--strict", action="store_true", help="exit 1 below full marks")
    return parser


def make_page(report: Report, out: Path, reloads: bool = False) -> str:
    """Writes the page; returns what to tell the user when it cannot be made, for that must not cost the report."""
    try:
        page.write(report, out, reloads)
    except Exception as error:
        (out / "report.html").unlink(missing_ok=True)  # that of another grade would mislead
        if fault := fault_of_machine(error, out):
            return shown(fault)
        says = _(
            "{out}/report.html could not be made ({error}). That is the grader's fault, and {out}/report.json is "
            "whole; `python3 -m grader.report.page {out}/report.json` shows where it fails"
        )
        return says.format(out=out, error=f"{type(error).__name__}: {error}")
    return ""


def run(request: Request, note: str | None = None) -> tuple[Report, str]:
    """Grades, and leaves the report with its page in the folder; and what to tell the user where there is no page.
    With a note, and be it empty, the journal gets a line."""
    limited_run.end_all_on_signals()
    with alone_in(request.out):
        report = grade(request)
        report_json.save(report, request.out)
        if note is not None:
            journal.add(report, request.out, note)
        return report, make_page(report, request.out)


def main(arguments: argparse.Namespace) -> int:
    given = vars(arguments)
    strict, note = given.pop("strict"), given.pop("note")
    request = Request(**given)
    report, fault = run(request, note)
    terminal.show(report, request.out)
    if fault:
        complain("grade", fault)
    return 1 if strict and (fault or not report.is_full) else 0


if __name__ == "__main__":
    sys.exit(run_tool("grade", parser(), main))
