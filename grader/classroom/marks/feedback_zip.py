"""moodle-feedback.zip: the page of each grade, for "Upload multiple feedback files in a zip" of a Moodle assignment.

Moodle finds a participant by the number in a folder's name and does not read what stands before it: no name is there."""

from __future__ import annotations

import zipfile
from pathlib import Path

from grader.classroom.results import Class
from grader.common.files import replacing

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes from the same pages


def _add(archive: zipfile.ZipFile, name: str, page: Path) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    archive.writestr(entry, page.read_bytes())


def write(own: Class, out: Path) -> Path | None:
    """The folder's name ends in an underscore, which Moodle before 4.1 asks for and newer ones take, too."""
    if own.source != "moodle":
        return None
    file = out / "moodle-feedback.zip"
    with replacing(file) as partial, zipfile.ZipFile(partial, "w") as archive:
        for result in own.results:
            number, page = result.submission.identifier, result.grade / "report.html"
            if number.isdecimal() and page.is_file():
                folder = f"{result.submission.pseudonym}_{number}_assignsubmission_file_"
                _add(archive, f"{folder}/report.html", page)
    return file
