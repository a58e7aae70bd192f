"""Which grades are to be made again, and what that changed for whom.

What a grade was before is kept in reports/KEY/before.json until the class has been graded to its end, so that a run that
was killed does not lose it."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.common.console import console_of_80
from grader.classroom.grade import state
from grader.classroom.grade.one import fail, grades_of
from grader.classroom.grade.part import Part
from grader.classroom.intake.taking_in import submissions_of
from grader.classroom.roster import Entry, Roster
from grader.common.files import own_folder
from grader.common.language import Text, _, shown, tr
from grader.report.item import points


def _before(grade: Path) -> Path:
    return grade / "before.json"


def _is_current(entry: Entry, out: Path) -> bool:
    grade = grades_of(out) / entry.key
    known = state.load(state.file_of(grade))
    whole = known and known.score is not None and (grade / "report.json").exists()
    return bool(whole) and known.state == state.state_of(submissions_of(out) / entry.key)  # type: ignore[union-attr]


def _joined(notes: list[str]) -> str:
    """All of them as one Text, which is translated when it is shown."""
    return reduce(lambda first, rest: tr("{first}; {rest}", first=first, rest=rest), notes) if notes else ""


def stale(roster: Roster, out: Path, part: Part = Part()) -> list[Entry]:
    """Those that are to be graded. What failed is tried again, since that was no fault of the student's."""
    wanted = []
    folder = own_folder(grades_of(out))
    for entry in filter(part.has, roster.submissions):
        grade = own_folder(folder / entry.key)
        if not entry.gradable:
            state.file_of(grade).unlink(missing_ok=True)
            fail(grade, _joined(entry.notes))
        elif not _is_current(entry, out):
            wanted.append(entry)
            file = state.file_of(grade)
            (grade / "grade.txt").unlink(missing_ok=True)
            if file.exists() and not _before(grade).exists():
                file.replace(_before(grade))
            file.unlink(missing_ok=True)
    for old in folder.iterdir() if part.is_all else ():
        if old.name not in {entry.key for entry in roster.submissions}:
            shutil.rmtree(old, ignore_errors=True)
    return wanted


def _why_again(entry: Entry, out: Path) -> str:
    """Why a grade that was made before is made again; empty where there was none."""
    old = state.load(_before(grades_of(out) / entry.key))
    if old is None:
        return ""
    if old.score is None:
        return _("the last time it could not be graded")
    reasons = state.state_of(submissions_of(out) / entry.key).reasons(old.state, by_name=False)
    return _("; ").join(map(shown, reasons)) or _("its report is not whole")


def announcement(wanted: list[Entry], out: Path) -> list[str]:
    """How many are to be graded, a line for each reason, those without one first."""
    counts = Counter(_why_again(entry, out) for entry in wanted)
    lines = [_(" {count} to be graded").format(count=counts.pop("", 0))] if "" in counts or not wanted else []
    says = _(" {count} to be graded again: {why}")
    return lines + [says.format(count=count, why=why) for why, count in counts.most_common()]


@dataclass(frozen=True)
class Change:
    entry: Entry
    old: float | None
    new: float | None
    reasons: list[Text]


def changes(roster: Roster, out: Path) -> list[Change]:
    """Of all that were graded again; forgets what was before."""
    found = []
    for entry in roster.submissions:
        grade = grades_of(out) / entry.key
        old, new = state.load(_before(grade)), state.load(state.file_of(grade))
        if old and new:
            reasons = new.state.reasons(old.state) or [tr("graded again")]
            found.append(Change(entry, old.score, new.score, reasons))
        if new or not entry.gradable:
            _before(grade).unlink(missing_ok=True)
    return found


def _marks(score: float | None) -> str:
    return "-" if score is None else points(score)


def show(found: list[Change], console: Console | None = None) -> None:
    """Whose marks have changed, and why."""
    console = console or console_of_80()
    changed = [change for change in found if change.old != change.new]
    same = len(found) - len(changed)
    if same:
        console.print(_(" {count} graded again have the marks that they had").format(count=same), markup=False)
    if not changed:
        return
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for heading in (_("key"), _("before"), _("now"), _("why")):
        table.add_column(heading)
    for change in changed:
        why = _("; ").join(map(shown, change.reasons))
        table.add_row(change.entry.key, _marks(change.old), _marks(change.new), why)
    console.print(_(" Marks that have changed:"), markup=False)
    console.print(table)
