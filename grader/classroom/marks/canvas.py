"""canvas.csv: for Canvas's Gradebook > Import, which finds a student by the user id that the submissions' names held.

A submission without a mark has no line: Canvas would take an empty cell for a new, empty grade and erase the old one."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from grader.classroom.marks.mark import decimal, mark, safe_cell
from grader.classroom.results import Class
from grader.common.files import replace_whole

# Student first, ID second, Section last, by lib/gradebook_importer.rb of Canvas; then the assignment. Canvas asks which
# of its own a title stands for, unless "(its id)" follows.
HEAD = ("Student", "ID", "Section", "Softmax regression")
POSSIBLE = "    Points Possible"


def write(own: Class, out: Path) -> Path | None:
    if own.source != "canvas":
        return None
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEAD)
    rows.writerow([POSSIBLE, "", "", decimal(own.maximum, own.maximum)])
    for result in own.results:
        who, earned = result.submission, mark(result, own)
        if earned and who.identifier.isdecimal():
            rows.writerow([safe_cell(who.name), who.identifier, "", earned])
    file = out / "canvas.csv"
    replace_whole(file, text.getvalue())
    return file
