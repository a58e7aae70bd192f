"""Marks for Moodle: of its worksheet only the grades and the feedback change, and each page finds its participant.

Run by pytest (`make test`); results are made up of real reports, and no grade is run."""

from __future__ import annotations

import codecs
import csv
import io
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.classroom import marks
from grader.classroom.marks.cells import read
from grader.classroom.results import read_class
from grader.common.build_facts import ROOT
from grader.common.tool import UserError
from grader.tests.support import class_support as classes

# moodle/moodle public/mod/assign/gradingtable.php and its language packs: what the importing session asks for.
ENGLISH = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"]  # fmt: skip
FRENCH = ["Identifiant", "Nom complet", "Adresse de courriel", "Statut", "Note", "Note maximale", "La note peut être modifiée", "Dernière modification (travail remis)", "Dernière modification (note)", "Feedback par commentaires"]  # fmt: skip


# --- Moodle's worksheet


def sheet(head: list[str], rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([head, *rows])
    return text.getvalue()


def rows_of(participant: str, maximum: str) -> list[list[str]]:
    """Two of the class, and somebody who has handed in nothing."""
    said = 'a "quoted"\nnote, and more; so'
    return [
        [participant.format(number), name, "x@y.fr", said, "", maximum, "Yes", "-", "-", ""]
        for number, name in ((1002, "Müller Zoë"), (1001, "D’Arc Jean-Émile"), (9, "Nobody"))
    ]


FORMS = {
    "english": (ENGLISH, "Participant {}", "20.00", ",", "\r\n", "utf-8", b""),
    "english with a mark of byte order": (ENGLISH, "Participant {}", "20.00", ",", "\n", "utf-8", codecs.BOM_UTF8),
    "french": (FRENCH, "Participant{}", "20,00", ",", "\n", "utf-8", b""),
    "french, semicolons, Windows": (FRENCH, "Participant{}", "20,00", ";", "\r\n", "cp1252", b""),
    "tabs, UTF-16": (ENGLISH, "Participant {}", "20.00", "\t", "\r\n", "utf-16-le", codecs.BOM_UTF16_LE),
}


@pytest.mark.parametrize("form", FORMS)
def test_only_grade_and_feedback_of_a_worksheet_change(form: str, tmp_path: Path) -> None:
    head, participant, maximum, delimiter, end, encoding, bom = FORMS[form]
    text = sheet(head, rows_of(participant, maximum), delimiter, end)
    worksheet = tmp_path / "Grades-TP3-42.csv"
    worksheet.write_bytes(bom + text.encode(encoding))
    out = classes.with_marks(classes.three(tmp_path / "class", worksheet=str(worksheet))) / "moodle-worksheet.csv"
    content = out.read_bytes()
    assert content.startswith(bom)
    after = list(csv.reader(io.StringIO(content[len(bom) :].decode(encoding), newline=""), delimiter=delimiter))
    before = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    grade, feedback = head.index(head[4]), 9
    assert [row[grade] for row in after] == [head[grade], "1.00", "20.00", ""]
    assert after[1][feedback].startswith("1 of 20 marks") and after[3][feedback] == ""
    for row in after:
        row[grade] = row[feedback] = ""
    for row in before:
        row[grade] = row[feedback] = ""
    assert after == before
    # Byte for byte: without the new cells it is the old file.
    again = content[len(bom) :].decode(encoding)
    for cell in re.findall(r'"\d+ of 20 marks[^"]*"', again):
        again = again.replace(cell, "")
    for mark in ("1.00", "20.00"):
        again = again.replace(f'so"{delimiter}{mark}{delimiter}', f'so"{delimiter}{delimiter}')
    assert again == text


def test_nothing_changes_where_nothing_is_known(tmp_path: Path) -> None:
    content = 'Identifier,"Full name",Grade,"Last modified (grade)"\r\n"Participant 77","A ""B"" C",,-\r\n'.encode()
    (tmp_path / "w.csv").write_bytes(content)
    out = classes.with_marks(classes.three(tmp_path / "class", worksheet=str(tmp_path / "w.csv")))
    assert (out / "moodle-worksheet.csv").read_bytes() == content


def test_a_table_comes_back_byte_for_byte() -> None:
    draw = random.Random(3)
    for _ in range(500):
        content = "".join(draw.choice('a",;\n\r\té ') for _ in range(draw.randint(0, 60))).encode()
        assert read(content, {"a"}).changed([]) == content


def test_marks_are_scaled_to_the_worksheets_maximum(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(sheet(ENGLISH, rows_of("Participant {}", "100.00")), newline="")
    folder = classes.three(tmp_path / "class", worksheet=str(tmp_path / "w.csv"))
    done = subprocess.run([sys.executable, "-m", "grader.classroom.marks", "--out", str(folder)], cwd=ROOT, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0 and "scaled to its maximum grade, 100" in done.stdout, done.stderr
    rows = list(csv.reader((folder / "moodle-worksheet.csv").open(newline="")))
    assert [row[4] for row in rows[1:]] == ["5.00", "100.00", ""]


def test_another_assignments_worksheet_gets_no_mark(tmp_path: Path) -> None:
    """Numbers belong to an assignment: in another one they are other people's."""
    rows = [["Participant 1001", "Somebody Else", "", "", "", "20.00", "Yes", "-", "-", ""]]
    (tmp_path / "w.csv").write_text(sheet(ENGLISH, rows), newline="")
    folder = classes.three(tmp_path / "class", worksheet=str(tmp_path / "w.csv"))
    _, filled = marks.write(read_class(folder))
    assert filled and filled.rows == 0 and "another name" in filled.left[0]
    assert (folder / "moodle-worksheet.csv").read_bytes() == (tmp_path / "w.csv").read_bytes()


def test_a_group_is_found_by_its_name_and_not_by_a_participants_number(tmp_path: Path) -> None:
    head = ["Identifier", "Full name", "Group", "Grade", "Maximum grade", "Last modified (grade)", "Feedback comments"]
    rows = [[f"Participant {n}", name, group, "", "20.00", "-", ""] for n, name, group in ((1001, "A", "Team 2"), (1002, "B", "Team 1"), (1003, "C", ""))]  # fmt: skip
    (tmp_path / "w.csv").write_text(sheet(head, rows), newline="")
    entries = [classes.entry(1, "Team 1"), classes.entry(2, "Team 2")]
    reports = {"s001": classes.full(), "s002": classes.faulty()}
    folder = classes.write_class(tmp_path / "class", entries, reports, worksheet=str(tmp_path / "w.csv"))
    out = classes.with_marks(folder)
    assert [row["Grade"] for row in csv.DictReader((out / "moodle-worksheet.csv").open())] == ["1.00", "20.00", ""]


@pytest.mark.parametrize("head", ["a,b,c\n", "", "Identifier,Full name\n", "Identifier,Scale,Grade\n"])
def test_a_file_that_is_no_worksheet_is_an_error_that_names_it(head: str, tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(head)
    with pytest.raises(UserError, match="w.csv"):
        marks.write(read_class(classes.three(tmp_path / "class", worksheet=str(tmp_path / "w.csv"))))


# --- Moodle's feedback files


def participant_of(path: str) -> tuple[str, str] | None:
    """As mod/assign/feedback/file/importziplib.php reads a path: of the first part that splits into five pieces."""
    for part in path.split("/"):
        pieces = part.split("_", 4)
        if len(pieces) == 5 and pieces[1].isdecimal() and pieces[2:4] == ["assignsubmission", "file"]:
            return pieces[1], path.rsplit("/", 1)[-1]
    return None


def test_feedback_finds_its_participant_and_tells_no_name(tmp_path: Path) -> None:
    folder = classes.three(tmp_path)
    content = (classes.with_marks(folder) / "moodle-feedback.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert [participant_of(name) for name in names] == [("1001", "report.html"), ("1002", "report.html")]
        assert archive.read(names[1]) == (folder / "reports" / "s002" / "report.html").read_bytes()
        assert not any(name.encode() in content for name in ("Jean", "Müller"))
    again = (classes.with_marks(folder) / "moodle-feedback.zip").read_bytes()
    assert again == content, "the same bytes from the same pages"
