"""The page of a grade: OUT/report.html, made from report.json and the journal beside it. Called after each grade.

One file that needs no network and no script. All text in it may be a submission's, so every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from grader.common.files import replace_whole
from grader.common.language import _, current
from grader.report import journal, machines
from grader.report.item import Item, first_to_fix, open_points, translated
from grader.report.journal import Entry
from grader.report.machines import Machine
from grader.report.page import attempts, curves, frame, heatmap, model, speed, view
from grader.report.report_json import PROTECTIONS, Report

FOLDER = Path(__file__).parent
RELOAD_SECONDS = 2  # of the page under make watch


@cache  # to compile the templates takes four times as long as to fill them
def _environment(language: str) -> Environment:
    names = {"badge": view.badge, "heading_of": view.heading_of, "heat_maps": heatmap.of_matrices}
    names["example_of"] = view.example_of
    return frame.environment(FOLDER, language, speed_chart=speed.chart, bonus_bars=speed.bars, **names)


def _machines(report: Report, items: list[Item]) -> list[Machine]:
    """This machine with the submission's training epoch, then those of machines.csv; none without the first."""
    epoch = next((item.speed for item in items if item.name == machines.ITEM and item.speed), None)
    own = machines.own(report.processor, report.blas, epoch) if epoch else None
    return [own, *machines.known()] if own else []


def make(report: Report, grades: Sequence[Entry] = (), reloads: bool = False) -> str:
    """The page as text, in the reader's language; `grades` are those of the journal. `make watch` wants one that
    reloads itself."""
    items = [translated(item) for item in report.items]
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    return (
        _environment(current())
        .get_template("report.html.j2")
        .render(
            report=report,
            items=items,
            style=Markup(style),
            style_hash=frame.digest(style),
            exercises=view.exercises(items),
            graded={item.exercise for item in items},
            first=first_to_fix(items),
            open_points=open_points(items),
            protections=[_(PROTECTIONS[name]) for name in report.protections],
            curves=curves.charts(items),
            machines=_machines(report, items),
            attempts=attempts.of(list(grades)),
            reload_seconds=RELOAD_SECONDS if reloads else 0,
            model=model.pictures(items),
        )
    )


def write(report: Report, out: Path, reloads: bool = False) -> Path:
    """Writes OUT/report.html in one step, so that a reader finds the old one or the new one, whole."""
    page = out / "report.html"
    replace_whole(page, make(report, journal.read(out), reloads))
    return page
