"""Marks out: a file for each system in the class's folder, from roster.json and the reports alone. Called by make class."""

from __future__ import annotations

from pathlib import Path

from grader.classroom.marks import canvas, contract, feedback_zip, gradescope, junit, plain, vpl, worksheet
from grader.classroom.results import Class
from grader.common.files import own_folder


def write(own: Class) -> tuple[list[Path], worksheet.Filled | None]:
    """What was written; and what became of the worksheet, if there is one."""
    out = own_folder(own.folder)
    writers = (contract.write_csv, contract.write_json, plain.write, canvas.write, junit.write)
    files = [file for write in (*writers, gradescope.write, vpl.write) if (file := write(own, out))]
    filled = worksheet.write(own, out)
    pages = feedback_zip.write(own, out, filled.maximum if filled else own.maximum)
    return [*files, *([out / "moodle-worksheet.csv"] if filled else []), *([pages] if pages else [])], filled
