"""What a student reads beside the mark, on one line: the total, the marks of each exercise, and why one is not full.

Called by the writers of marks. A reason quotes the compiler or the student's code: it is cleaned and short."""

from __future__ import annotations

import re

from grader.classroom.marks.mark import by_exercise, decimal
from grader.classroom.results import Class, Result
from grader.common.language import Text, _, shown, tr
from grader.report.item import COLUMNS, EARNS, MARKS, Item, cell, first_to_fix, marks_of, points, printable
from grader.report.report_json import Report

LONGEST = 90  # characters of a reason


def total(report: Report, own: float, maximum: float) -> str:
    """Both figures where another system has another maximum, for it shows the scaled one beside this."""
    score, most = points(report.score), points(report.max_score)
    if own == maximum:
        return _("{score} of {most} marks").format(score=score, most=most)
    says = _("{mark} of {maximum} ({score} of {most} points)")
    mark = decimal(report.score * maximum / own, maximum)
    return says.format(mark=mark, maximum=points(maximum), score=score, most=most)


def _without_sizes(message: str) -> str:
    """The function that was called, and not with which sizes: what was wrong is to be within the first words."""
    if not isinstance(message, Text) or "call" not in message.fields:
        return message
    function = str(message.fields["call"]).partition("(")[0]
    return tr(message.sentence, **{**message.fields, "call": function})


def _short(text: str) -> str:
    """Its first sentence, for what follows says more than a line has room for."""
    text = text.partition(". ")[0].removesuffix(".")
    return text if len(text) <= LONGEST else text[: LONGEST - 3].rsplit(" ", 1)[0] + "..."


def _reason(items: list[Item]) -> str:
    """Of the first item that the student can act on. It has no "; ", with which the next exercise begins."""
    first = first_to_fix([item for item in items if item.status not in EARNS])
    if not first:
        return ""
    said = printable(shown(_without_sizes(first.message)))
    return _short(re.sub(r"\s*;\s+", ", ", said))


def _states(items: list[Item]) -> str:
    """Empty where the file does not compile, for it is neither forbidden nor wrong yet."""
    if any(item.stage == "build" and item.status == "fail" for item in items):
        return ""
    found = [(_(name), cell(items, stages)) for name, stages in COLUMNS.items()]
    words = [f"{name} {_(MARKS[state[0]])} {state[1]}".rstrip() for name, state in found if state]
    return f" ({', '.join(words)})"


def _about(exercise: str, items: list[Item]) -> str:
    marks = f"{exercise} {marks_of(items).replace(' / ', '/')}{_states(items)}"
    reason = _reason(items)
    return _("{marks}: {reason}").format(marks=marks, reason=reason) if reason else marks


def feedback(result: Result, own: Class, maximum: float | None = None) -> str:
    """A line for the student; `maximum` is that of the system that shows it."""
    if not result.is_marked or not result.report:
        return result.reason
    most = own.maximum if maximum is None else maximum
    marks = _("; ").join(_about(name, items) for name, items in by_exercise(result.report).items())
    return _("{total}: {marks}").format(total=total(result.report, own.maximum, most), marks=marks)
