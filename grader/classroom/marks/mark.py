"""A mark as every system reads it. Called by the writers of marks; no text of a student's is in one."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from grader.classroom.results import Class, Result
from grader.report.item import Item
from grader.report.report_json import Report

CENT = Decimal("0.01")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins with one of these is a formula to a spreadsheet


def decimal(value: float, maximum: float) -> str:
    """With a point and two decimals whatever the language, because Moodle reads 18,5 as 18; never above the maximum,
    because Moodle drops such a mark without a word."""
    most = Decimal(str(maximum)).quantize(CENT, ROUND_DOWN)
    return str(max(Decimal(0).quantize(CENT), min(Decimal(str(value)).quantize(CENT, ROUND_HALF_UP), most)))


def mark(result: Result, own: Class, maximum: float | None = None) -> str:
    """Empty without a report; scaled where another system's maximum differs from the rubric's."""
    if not result.is_marked or not result.report:
        return ""
    most = own.maximum if maximum is None else maximum
    return decimal(result.report.score * most / own.maximum, most)


def by_exercise(report: Report) -> dict[str, list[Item]]:
    names = dict.fromkeys(item.exercise for item in report.items)
    return {name: [item for item in report.items if item.exercise == name] for name in names}


def safe_cell(text: str) -> str:
    """A student's text for a CSV that a spreadsheet will open: no formula, no line of its own."""
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return f"'{clean}" if text.startswith(FORMULA) or clean.lstrip().startswith(FORMULA) else clean
