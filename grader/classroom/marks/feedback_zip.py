"""moodle-feedback.zip: the page of each grade, for "Upload multiple feedback files in a zip" of a Moodle assignment.

Moodle finds a participant by the number in a folder's name and does not read what stands before it: no name is there.
Where the worksheet grades by another maximum than the rubric, a page says what its mark is by that."""

from __future__ import annotations

import html
import zipfile
from pathlib import Path

from grader.classroom.marks.feedback import total
from grader.classroom.results import Class, Result
from grader.common.files import replacing

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes from the same pages


def _page(file: Path, result: Result, own: Class, maximum: float) -> bytes:
    page = file.read_bytes()
    if own.maximum == maximum or not result.report or not result.is_marked:
        return page
    note = f"<p>{html.escape(total(result.report, own.maximum, maximum))}</p>"
    return page.replace(b"</h1>", b"</h1>\n" + note.encode(), 1)  # the heading is the grader's own


def _add(archive: zipfile.ZipFile, name: str, page: bytes) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    archive.writestr(entry, page)


def write(own: Class, out: Path, maximum: float) -> Path | None:
    """`maximum` is the worksheet's. The folder's name ends in an underscore, which Moodle before 4.1 asks for and newer
    ones take, too."""
    if own.source != "moodle":
        return None
    file = out / "moodle-feedback.zip"
    with replacing(file) as partial, zipfile.ZipFile(partial, "w") as archive:
        for result in own.results:
            number, page = result.submission.identifier, result.grade / "report.html"
            if number.isdecimal() and page.is_file():
                folder = f"{result.submission.pseudonym}_{number}_assignsubmission_file_"
                _add(archive, f"{folder}/report.html", _page(page, result, own, maximum))
    return file
