"""The page of a class: CLASS/class.html, made from roster.json, the reports and the files alone. Called by make class.

One file that needs no network; without its script nothing is missing but sorting and searching. Pseudonyms unless names
are asked for. All text in it may be a student's, so every text is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from grader.classroom.marks.mark import by_exercise, mark
from grader.classroom.page import counts, flags, speeds
from grader.classroom.results import Class, Result
from grader.common.files import replace_whole
from grader.common.language import NO_BREAK, _, current, marked, shown
from grader.common.rubric import rubric
from grader.report.item import MARKS, points, worst
from grader.report.page import FOLDER as REPORT
from grader.report.page import frame
from grader.report.page.view import SYMBOLS

FOLDER = Path(__file__).parent
REPORT_STYLE = REPORT / "style.css"
# What the roster says of a submission, in the words of the page.
STATES = {
    "ok": marked("ok"),
    "late": marked("late"),
    "renamed": marked("renamed"),
    "two versions": marked("two versions"),
    "empty": marked("empty"),
    "unmatched": marked("unmatched"),
}


@cache
def _environment(language: str) -> Environment:
    return frame.environment(FOLDER, language, translated=_, first=speeds.FIRST)


def _states(result: Result) -> dict[str, tuple[str, str, str, str]]:
    """The worst status of each exercise: its name, symbol, points with a word for it, and points to sort by."""
    found = {}
    for name, own in by_exercise(result.report).items() if result.report else ():
        status = worst(own)
        earned = points(sum(item.points + item.bonus for item in own))
        found[name] = (status, SYMBOLS[status], f"{earned} {_(MARKS[status]).replace(' ', NO_BREAK)}", earned)
    return found


def _why(result: Result) -> list[str]:
    """Why there is no mark, a line each. For what cannot be graded the notes are the reason."""
    notes = [shown(note) for note in result.submission.notes]
    return notes if notes and not result.submission.gradable else [result.reason, *notes]


def make(own: Class, names: bool = False) -> str:
    # The look of a grade's page, and what a class has beside.
    style = "".join(file.read_text(encoding="utf-8") for file in (REPORT_STYLE, FOLDER / "style.css"))
    script = (FOLDER / "sort.js").read_text(encoding="utf-8")
    found, ranked = flags.flags(own), speeds.speeds(own)
    flagged = {result.submission.key: 0 for result in own.results}
    for flag in found:
        for result in flag.who:
            flagged[result.submission.key] += 1
    return (
        _environment(current())
        .get_template("class.html.j2")
        .render(
            own=own,
            states=STATES,
            names=names,
            style=Markup(style),
            style_hash=frame.digest(style),
            script=Markup(script),
            script_hash=frame.digest(script),
            exercises=list(rubric().exercises),
            rows=[
                (result, mark(result, own), _states(result), flagged[result.submission.key]) for result in own.results
            ],
            distribution=counts.distribution(own),
            items=counts.items(own.results),
            misconceptions=counts.misconceptions(own.results),
            speeds=ranked,
            processors=speeds.processors(ranked),
            flags=found,
            unmarked=[(result, _why(result)) for result in own.results if not result.is_marked],
        )
    )


def write(own: Class, names: bool = False) -> Path:
    page = own.folder / "class.html"
    replace_whole(page, make(own, names))
    return page
