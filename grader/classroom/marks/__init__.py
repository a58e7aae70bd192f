"""Marks out: CLASS/marks/, a file for each system, from roster.json and the reports alone. Called by make class."""

from __future__ import annotations

from pathlib import Path

from grader.classroom.marks import canvas, feedback_zip, gradescope, junit, plain, vpl, worksheet
from grader.classroom.results import Class
from grader.common.files import own_folder


def write(own: Class) -> tuple[list[Path], worksheet.Filled | None]:
    """What was written; and what became of the worksheet, if there is one."""
    out = own_folder(own.folder / "marks")
    writers = (plain, feedback_zip, canvas, junit, gradescope, vpl)
    files = [file for writer in writers if (file := writer.write(own, out))]
    filled = worksheet.write(own, out)
    return files + ([out / "moodle-worksheet.csv"] if filled else []), filled
