"""What was taken in, for the teacher: how many of each state, then a line for each submission that is not simply right."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from grader.common.console import console_of_80
from grader.classroom.intake.taking_in import TakenIn
from grader.classroom.results import maximum_of_rubric
from grader.classroom.roster import STATES
from grader.common.language import _, readable, shown
from grader.report.item import points

COLOURS = {
    "unmatched": "red",
    "empty": "red",
    "two versions": "yellow",
    "late": "yellow",
    "renamed": "cyan",
    "ok": "green",
}
SOURCES = {"moodle": "Moodle", "gradescope": "Gradescope", "canvas": "Canvas", "git": "Git"}


def _counts(taken: TakenIn) -> Line:
    entries = taken.roster.submissions
    counts = Counter(entry.state for entry in entries)
    counts["late"] = sum(entry.late for entry in entries)
    parts = [f"{_(STATES[state])}: {counts[state]}" for state in reversed(STATES) if counts[state]]
    return Line("  " + ", ".join(parts))


def show(taken: TakenIn, console: Console | None = None) -> None:
    console = console or console_of_80()
    entries = taken.roster.submissions
    says = _(" {count} submissions, {gradable} can be graded, as packed by {system}")
    system = SOURCES.get(taken.roster.source, _("folders and archives"))
    console.print(Line(says.format(count=len(entries), gradable=len(taken.roster.gradable()), system=system)))
    console.print(_counts(taken))
    says = _(" {most} marks in all (grader/rubric.toml)")
    console.print(Line(says.format(most=points(maximum_of_rubric()))))
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for heading in (_("key"), _("name"), _("state")):
        table.add_column(heading, no_wrap=True, max_width=20, overflow="ellipsis")
    table.add_column(_("what to know"), overflow="fold")
    for entry in entries:
        if entry.state != "ok" or entry.notes:
            state = Line(_(STATES[entry.state]), style=COLOURS[entry.state])
            notes = "\n".join(readable(shown(note)) for note in taken.notes[entry.key])
            table.add_row(entry.key, Line(readable(entry.name)), state, Line(notes))
    if table.row_count:
        console.print(table)
