"""Repeats a grade: python3 -m grader.classroom.regrade REPORT --build DIR --out DIR. `make regrade` calls it.

Grades the submission that a report names once more, by its seed, and says whether verdicts and points are the same.
Measured speeds may differ. Exit codes: 0 the same, 1 not the same, 2 it could not be repeated."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from grader.common.console import console_of_80
from grader.classroom.grade import state
from grader.classroom.intake.taking_in import submissions_of
from grader.classroom.results import why_failed
from grader.common.language import _, readable, shown, tr
from grader.common.rubric import Exercise, rubric
from grader.common.tool import UserError, run_tool
from grader.grade.__main__ import run
from grader.grade.grade import Request
from grader.grade.staging import content, copy_of
from grader.report import report_json
from grader.report.item import MARKS, Item, points
from grader.report.report_json import PROTECTIONS, Report

EARNING = ("parity", "speed", "answer")  # the stages whose items have points


def _is_report(report: Report) -> bool:
    """As far as what follows relies on; somebody may have edited the file."""
    texts = [report.submission, *report.protections, *(report.blas.get(key) for key in ("library", "core"))]
    numbers = [report.seed, report.score, report.max_score]
    for item in report.items:
        texts += [item.exercise, item.name, item.stage, item.status]
        numbers += [item.points, item.max_points]
    right = all(isinstance(text, str) for text in texts) and all(isinstance(number, (int, float)) for number in numbers)
    return right and all(item.status in MARKS and isinstance(item.speed or {}, dict) for item in report.items)


def read(file: Path) -> Report:
    if not file.exists() and (why := why_failed(file.parent)):
        says = _("{file} is not there, because nothing was graded: {why}")
        raise UserError(says.format(file=file, why=why))
    report = report_json.load(file)
    try:
        if report.items and _is_report(report):
            return report
    except (TypeError, AttributeError):
        pass
    says = _("{file} is not the report of a grade. `make grade` writes build/grade/report.json")
    raise UserError(says.format(file=file))


def exercises_of(report: Report) -> list[Exercise]:
    graded = {item.exercise for item in report.items}
    return [exercise for name, exercise in rubric().exercises.items() if name in graded]


def _points_then(report: Report) -> dict[str, float]:
    return {f"{item.exercise}: {item.name}": item.max_points for item in report.items if item.stage in EARNING}


def _points_now(exercises: list[Exercise]) -> dict[str, float]:
    return {f"{e.name}: {name}": most for e in exercises for name, most in {**e.points, **e.speed}.items()}


def _has_gate(item: Item) -> bool:
    gate = rubric().gates.get(item.name)
    return not item.speed or (
        gate is not None and all(item.speed.get(key) == value for key, value in vars(gate).items())
    )


def require_same_rubric(file: Path, report: Report) -> None:
    """Under another rubric the points differ whatever the verdicts are."""
    then, now = _points_then(report), _points_now(exercises_of(report))
    changed = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    changed += [f"{item.exercise}: {item.name}" for item in report.items if not _has_gate(item)]
    if changed:
        says = _(
            "{file} is of another rubric: points or gate of {items} are not those of grader/rubric.toml. A new grade "
            "counts by today's: make grade, or make class"
        )
        raise UserError(says.format(file=file, items=readable(", ".join(changed[:3]))))


def _class_of(file: Path) -> Path | None:
    """The folder of the class that a report is part of."""
    folder = file.resolve().parent
    return folder.parent.parent if state.file_of(folder).exists() and folder.parent.name == "reports" else None


def submission_of(file: Path, report: Report) -> Path:
    of_class = _class_of(file)
    folder = submissions_of(of_class) / file.resolve().parent.name if of_class else Path(report.submission)
    if not folder.is_dir():
        says = _("{file} is a grade of {folder}, and no such folder is here. Put the submission back there")
        raise UserError(says.format(file=file, folder=folder))
    return folder


def _changed_files(file: Path, report: Report, submission: Path) -> list[str]:
    """By the digests of a class, or else by the copies that a grade leaves beside its report."""
    graded = state.load(state.file_of(file.parent)) if _class_of(file) else None
    if graded:
        return [shown(reason) for reason in state.state_of(submission).reasons(graded.state)]
    copies = {e.file: copy_of(e, file.parent) for e in exercises_of(report)}
    names = [name for name, copy in copies.items() if copy.exists() and content(copy) != content(submission / name)]
    return [shown(tr("changed: {files}", files=", ".join(names)))] if names else []


def _protections(report: Report) -> str:
    return ", ".join(_(PROTECTIONS.get(name, name)) for name in report.protections)


def _blas(report: Report) -> str:
    return " ".join(filter(None, (report.blas["library"], report.blas["core"])))


def _changed_machine(then: Report, now: Report) -> list[str]:
    facts = {_("BLAS"): (_blas(then), _blas(now)), _("protections"): (_protections(then), _protections(now))}
    says = _("{what}: {then}; now {now}")
    return [says.format(what=what, then=a, now=b) for what, (a, b) in facts.items() if a != b]


def differences(then: Report, now: Report) -> list[tuple[Item | None, Item | None]]:
    """The items whose verdict or points are not the same, before and now."""
    before, after = ({(item.exercise, item.name): item for item in report.items} for report in (then, now))
    pairs = [(before.get(name), after.get(name)) for name in {**before, **after}]
    return [(a, b) for a, b in pairs if not (a and b and (a.status, a.points) == (b.status, b.points))]


def _verdict(item: Item | None) -> str:
    return f"{_(MARKS[item.status])} {points(item.points) if item.max_points else ''}" if item else "-"


def _score(report: Report) -> str:
    return _("{score} of {most}").format(score=points(report.score), most=points(report.max_score))


def _table(found: list[tuple[Item | None, Item | None]]) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for heading in (_("exercise"), _("item"), _("before"), _("now")):
        table.add_column(heading)
    for before, now in found:
        item = before or now
        assert item
        cells = (item.exercise, item.name, _verdict(before), _verdict(now))
        table.add_row(*(escape(readable(cell)) for cell in cells))
    return table


def show(then: Report, now: Report, since: list[str]) -> bool:
    """Prints what came of it; returns whether the verdicts agree."""
    console = console_of_80()
    found = differences(then, now)
    says = _(" graded again: {points}; all {count} items have the same verdicts and points")
    if found:
        says = _(" graded again: {points}; {differ} of {count} items differ")
    text = says.format(points=_score(now), count=len(now.items), differ=len(found))
    console.print(text, markup=False)
    if found:
        console.print(_table(found))
        since = since or [_("nothing that is on record; compilers and Armadillo are not")]
    if since:
        console.print(_(" Changed since:"), *(f"  {readable(line)}" for line in since), sep="\n", markup=False)
    return not found


def main(arguments: argparse.Namespace) -> int:
    if not arguments.report:
        raise UserError(_("which grade? Type, for one: make regrade REPORT=build/grade/report.json"))
    file, out = Path(arguments.report), arguments.out
    then = read(file)
    require_same_rubric(file, then)
    submission = submission_of(file, then)
    if file.resolve().parent == out.resolve():
        raise UserError(_("{file} would be overwritten: name another folder by OUT=").format(file=file))
    says = _(" {file}: {points}, SEED={seed}, {blas}")
    text = says.format(file=file, points=_score(then), seed=then.seed, blas=_blas(then))
    console_of_80().print(readable(text), markup=False)
    since = _changed_files(file, then, submission)
    only = ",".join(exercise.name for exercise in exercises_of(then))
    now, _fault = run(Request(submission, arguments.build, out, only, str(then.seed), "bubblewrap" in then.protections))
    return 0 if show(then, now, since + _changed_machine(then, now)) else 1


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make regrade", description=__doc__.splitlines()[0])
    parser.add_argument("report", help="a report.json")
    parser.add_argument("--build", type=Path, required=True, help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="gets the report of the repetition")
    return parser


if __name__ == "__main__":
    sys.exit(run_tool("regrade", parser(), main))
