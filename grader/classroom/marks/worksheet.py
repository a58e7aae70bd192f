"""moodle-worksheet.csv: the grading worksheet that the teacher downloaded from Moodle, with grades and feedback filled in.

Only these two cells of a row change. A row is filled where its number and its name are those of a submission: numbers
of participants belong to one assignment, so that the worksheet of another has the same ones for other people."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from grader.classroom.marks.cells import Cell, Table, read
from grader.classroom.marks.feedback import feedback
from grader.classroom.marks.mark import mark, safe_cell
from grader.classroom.results import Class, Result
from grader.common.files import replacing
from grader.common.language import _
from grader.common.tool import UserError

# The headers of mod/assign/gradingtable.php, in English (older ones, too) and in French.
COLUMNS = {
    "identifier": {"Identifier", "Identifiant"},
    "grade": {"Grade", "Note"},
    "maximum": {"Maximum grade", "Maximum Grade", "Note maximale"},
    "name": {"Full name", "Nom complet"},
    "group": {"Group", "Groupe"},
    "feedback": {"Feedback comments", "Feedback par commentaires"},
    "scale": {"Scale", "Barème"},
}


@dataclass(frozen=True)
class Filled:
    file: Path
    rows: int  # that got a mark
    left: list[str]  # what stayed empty, in words
    absent: list[str]  # the names of those who handed in nothing
    maximum: float  # the worksheet's


def _columns(table: Table, file: Path) -> dict[str, int]:
    head = [cell.text.strip() for cell in table.rows[0]] if table.rows else []
    found = {key: place for key, names in COLUMNS.items() for place, name in enumerate(head) if name in names}
    if missing := [key for key in ("identifier", "grade") if key not in found]:
        says = _(
            "{file} is no grading worksheet: it has no column {names}. In Moodle: View all submissions > Grading "
            "action > Download grading worksheet, in English or French"
        )
        raise UserError(says.format(file=file, names=" / ".join(sorted(COLUMNS[missing[0]]))))
    return found


def _letters(name: str) -> list[str]:
    """In the order of the alphabet: Moodle drops apostrophes in names of folders, and either name may stand first."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return sorted(c for c in plain if c.isalnum())


def _number(cell: str) -> str:
    """Of "Participant 123", or "Participant123" in French."""
    found = re.search(r"(\d+)\s*$", cell)
    return found[1] if found else ""


def _maximum(cells: list[Cell], columns: dict[str, int], own: Class) -> float:
    text = cells[columns["maximum"]].text if "maximum" in columns else ""
    found = re.fullmatch(r"\s*(\d+)(?:[.,](\d+))?\s*", text)
    return float(f"{found[1]}.{found[2] or 0}") if found and float(found[1]) else own.maximum


class _Rows:
    """Which result a row of the worksheet is about."""

    def __init__(self, own: Class, columns: dict[str, int]) -> None:
        self.columns = columns
        self.by_number = {r.submission.identifier: r for r in own.results if r.submission.identifier}
        self.by_group = {tuple(_letters(r.submission.name)): r for r in own.results}

    def result(self, cells: list[Cell]) -> Result | None:
        """Of a group by the group's name, for then a number is that of the group and not of a participant."""
        if "group" in self.columns:
            group = _letters(cells[self.columns["group"]].text)
            return self.by_group.get(tuple(group)) if group else None
        return self.by_number.get(_number(cells[self.columns["identifier"]].text))

    def who(self, cells: list[Cell]) -> tuple[str, str]:
        """What tells the row's owner from others, and how the owner is called: a group, or a participant, whose name
        Moodle may hide."""
        group, name = (
            cells[self.columns[key]].text.strip() if key in self.columns else "" for key in ("group", "name")
        )
        number = cells[self.columns["identifier"]].text
        return (group, group) if group else (number, name or number)

    def is_somebody_else(self, cells: list[Cell], result: Result) -> bool:
        if "group" in self.columns or "name" not in self.columns:
            return False
        return _letters(cells[self.columns["name"]].text) != _letters(result.submission.name)


def _changes(
    cells: list[Cell], columns: dict[str, int], result: Result, own: Class, maximum: float
) -> list[tuple[Cell, str]]:
    earned = mark(result, own, maximum)
    changes = [(cells[columns["grade"]], earned)] if earned else []
    if columns.get("feedback"):  # which Moodle does not find in the first column, and takes for HTML
        said = html.escape(feedback(result, own, maximum), quote=False)
        changes.append((cells[columns["feedback"]], safe_cell(said)))
    return changes


def fill(content: bytes, own: Class, file: Path) -> tuple[bytes, Filled]:
    table = read(content, set().union(*COLUMNS.values()))
    columns = _columns(table, file)
    if "scale" in columns:
        says = _("{file} grades by a scale: let the assignment grade by points, and download the worksheet again")
        raise UserError(says.format(file=file))
    rows, changes, left, filled, maximum = _Rows(own, columns), [], [], 0, own.maximum
    found: set[str] = set()
    absent: dict[str, str] = {}  # by number, or by group, which has several rows
    for cells in table.rows[1:]:
        if len(cells) != len(table.rows[0]):
            continue
        result = rows.result(cells)
        if not result:
            number, name = rows.who(cells)
            absent[number] = name
            continue
        key = result.submission.key
        found.add(key)
        if rows.is_somebody_else(cells, result):
            left.append(_("{key}: the worksheet has another name for this number").format(key=key))
            continue
        maximum = _maximum(cells, columns, own)
        changes += _changes(cells, columns, result, own, maximum)
        if mark(result, own, maximum):
            filled += 1
        else:
            left.append(_("{key}: {reason}").format(key=key, reason=result.reason))
    unknown = [r.submission.key for r in own.results if r.submission.key not in found]
    left += [_("{key}: the worksheet has no such participant").format(key=key) for key in unknown]
    return table.changed(changes), Filled(file, filled, left, list(absent.values()), maximum)


def write(own: Class, out: Path) -> Filled | None:
    if not own.worksheet:
        return None
    try:
        content = own.worksheet.read_bytes()
    except OSError as error:
        says = _("the worksheet {file} cannot be read ({reason}): put it back beside the submissions")
        raise UserError(says.format(file=own.worksheet, reason=error.strerror)) from None
    file = out / "moodle-worksheet.csv"
    new, filled = fill(content, own, own.worksheet)
    with replacing(file) as partial:
        partial.write_bytes(new)
    return filled
