"""The worksheet that Moodle makes of an assignment: who is late, and the names and addresses of students. Only read.

Its columns are in the language of the teacher (mod/assign/classes/output/grading_table.php)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from grader.common.files import text_of
from grader.common.language import _
from grader.common.tool import UserError

IDENTIFIER = ("Identifier", "Identifiant")
NAME = ("Full name", "Nom complet")
EMAIL = ("Email address", "Adresse de courriel")
STATUS = ("Status", "Statut")
LATE = re.compile(r"\blate\b|en retard", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    name: str
    email: str
    late: bool


@dataclass(frozen=True)
class Worksheet:
    file: Path
    rows: dict[str, Row]  # by the participant's number


def _cell(row: dict[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] or "" for name in names if name in row), "")


def read_worksheet(file: Path) -> Worksheet | None:
    """None where the file is no worksheet of Moodle's."""
    text = text_of(file).removeprefix("\ufeff")
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        table = [row for row in csv.DictReader(io.StringIO(text), delimiter=separator)]
    except csv.Error:
        return None
    rows = {}
    for row in table:
        if number := re.search(r"\d+$", _cell(row, IDENTIFIER).strip()):
            late = bool(LATE.search(_cell(row, STATUS)))
            rows[number[0]] = Row(_cell(row, NAME), _cell(row, EMAIL), late)
    return Worksheet(file, rows) if rows else None


def find_worksheet(given: Path, named: Path | None) -> Worksheet | None:
    """The one that is named, or the only one beside the submissions."""
    if named:
        if not named.is_file():
            raise UserError(_("WORKSHEET={file}: there is no such file").format(file=named))
        if not (sheet := read_worksheet(named)):
            says = _("{file} is no worksheet of Moodle's: it has no column Identifier with participants in it")
            raise UserError(says.format(file=named))
        return sheet
    files = sorted(given.glob("*.csv")) if given.is_dir() else []
    sheets = [sheet for file in files if file.is_file() and not file.is_symlink() and (sheet := read_worksheet(file))]
    return sheets[0] if len(sheets) == 1 else None
