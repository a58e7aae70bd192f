"""The page of a grade: OUT/report.html, made from report.json and nothing else. Called by grade.py after each grade.

One file that needs no network and no script. All text in it may be a submission's, so every text is escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from grader.common.files import replace_whole
from grader.common.language import _, current, readable
from grader.report.item import first_to_fix, open_points, points, translated
from grader.report.page import curves, heatmap, model, speed, view
from grader.report.report_json import PROTECTIONS, Report

FOLDER = Path(__file__).parent


def _breakable(name: str) -> Markup:
    """A long_name_like_this, which may go on in the next line after each underscore."""
    return Markup("_<wbr>").join(escape(part) for part in name.split("_"))


def _say(sentence: str, **fields: object) -> Markup:
    """A sentence of a template, with its markup, in the reader's language; the fields are escaped."""
    return Markup(_(sentence)).format(**fields)


@cache  # to compile the templates takes four times as long as to fill them
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(points=points, breakable=_breakable, readable=readable)
    environment.globals.update(
        say=_say,
        language=language,
        badge=view.badge,
        heading_of=view.heading_of,
        heat_maps=heatmap.of_matrices,
        speed_chart=speed.chart,
    )
    return environment


def make(report: Report) -> str:
    """The page as text, in the reader's language."""
    items = [translated(item) for item in report.items]
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    # The style that is in the page and pictures that are in the page: a browser must load and run nothing else.
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment(current())
        .get_template("report.html.j2")
        .render(
            report=report,
            items=items,
            style=Markup(style),
            style_hash=digest,
            exercises=view.exercises(items),
            graded={item.exercise for item in items},
            first=first_to_fix(items),
            open_points=open_points(items),
            protections=[_(PROTECTIONS[name]) for name in report.protections],
            curves=curves.charts(items),
            model=model.pictures(items),
        )
    )


def write(report: Report, out: Path) -> Path:
    """Writes OUT/report.html in one step, so that a reader finds the old one or the new one, whole."""
    page = out / "report.html"
    replace_whole(page, make(report))
    return page
