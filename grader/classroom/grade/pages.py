"""The students' pages in the language of this run: what another language has is made again from its report.json.

Nothing is graded for it. A page that a run before this one has made, and was ended, is as old as any other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from grader.classroom.grade.one import grades_of
from grader.classroom.roster import Entry
from grader.common.language import _, current
from grader.common.tool import UserError
from grader.grade.__main__ import make_page
from grader.report import report_json

LANGUAGE = re.compile(rb'<html lang="([a-z]+)"')
HEAD = 300  # bytes, within which a page names its language


def is_in_another_language(page: Path) -> bool:
    """False where there is no page, which a grade says itself."""
    try:
        with page.open("rb") as stream:
            found = LANGUAGE.search(stream.read(HEAD))
    except OSError:
        return False
    return bool(found) and found[1].decode() != current()  # type: ignore[index]


def translate(entries: Iterable[Entry], out: Path) -> list[str]:
    """What is to be told of it: how many were made again, and which could not be."""
    count, faults = 0, []
    for grade in (grades_of(out) / entry.key for entry in entries):
        if not is_in_another_language(grade / "report.html"):
            continue
        try:
            fault = make_page(report_json.load(grade / "report.json"), grade)
        except UserError as error:
            fault = str(error)
        count += not fault
        faults += [fault] if fault else []
    says = _(" {count} reports of another language made again in this one, and not graded again")
    return [*([says.format(count=count)] if count else []), *faults]
