"""class.json and marks.csv: what programs of others read of a class; their fields are fixed and do not change.

`id` is the key of roster.json. `status` is graded, late (graded, too), empty or unmatched. A submission without a mark
has no score, but a reason."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from grader.classroom.marks.mark import decimal, mark, safe_cell
from grader.classroom.results import Class, Result
from grader.common.files import replace_whole

COLUMNS = ("id", "name", "score", "max_score", "status")


def _status(result: Result) -> str:
    who = result.submission
    if who.state in ("empty", "unmatched"):
        return who.state
    return "late" if who.late or who.state == "late" else "graded"


def _entry(result: Result, own: Class) -> dict[str, Any]:
    score = mark(result, own)
    report = result.grade / "report.json"
    return {
        "id": result.submission.key,
        "name": result.submission.name,
        "status": _status(result),
        "score": float(score) if score else None,
        "max_score": own.maximum,
        "reason": result.reason,
        "report": str(report.relative_to(own.folder)) if report.is_file() else None,
    }


def write_json(own: Class, out: Path) -> Path:
    file = out / "class.json"
    replace_whole(
        file, json.dumps([_entry(result, own) for result in own.results], ensure_ascii=False, indent=1) + "\n"
    )
    return file


def write_csv(own: Class, out: Path) -> Path:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for result in own.results:
        who, most = result.submission, decimal(own.maximum, own.maximum)
        rows.writerow([who.key, safe_cell(who.name), mark(result, own), most, _status(result)])
    file = out / "marks.csv"
    replace_whole(file, text.getvalue())
    return file
