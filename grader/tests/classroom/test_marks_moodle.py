"""Marks for Moodle: of its worksheet only the grades and the feedback change, and each page finds its participant.

Run by pytest (`make test`); results are made up of real reports, and no grade is run."""

from __future__ import annotations

import codecs
import csv
import io
import os
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.classroom import look_first, marks
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
    assert rows[1][9].startswith("5.00 of 100 (1 of 20 points): learning_curves")


def test_a_page_says_the_scaled_mark_too_where_the_worksheet_has_another_maximum(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(sheet(ENGLISH, rows_of("Participant {}", "100.00")), newline="")
    folder = classes.three(tmp_path / "class", worksheet=str(tmp_path / "w.csv"))
    (folder / "reports" / "s002" / "report.html").write_text("<h1>1 of 20 marks</h1><p>rest</p></h1>")
    with zipfile.ZipFile(classes.with_marks(folder) / "moodle-feedback.zip") as archive:
        page = archive.read(archive.namelist()[1]).decode()
    assert page == "<h1>1 of 20 marks</h1>\n<p>5.00 of 100 (1 of 20 points)</p><p>rest</p></h1>"


def shown_of_marks(folder: Path, language: str = "en") -> str:
    """What the command prints, on one line."""
    command = [sys.executable, "-m", "grader.classroom.marks", "--build", str(folder), "--out", str(folder)]
    environment = {**os.environ, "TP_LANG": language}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    own = [line for line in done.stdout.splitlines() if str(folder) not in line]
    assert done.returncode == 0 and all(len(line) <= 80 for line in own), done.stdout + done.stderr
    return " ".join(" ".join(own).split())


def test_who_handed_in_nothing_is_named(tmp_path: Path) -> None:
    """Two of one name are two; of the others than the first ten there is a number."""
    absent = ["Zoé de La Tour", "Absent Sansdépôt", *["Same Name"] * 2, *map("Student {}".format, range(8))]
    rows = rows_of("Participant {}", "20.00")[:2]
    rows += [[f"Participant {n}", name, *rows[0][2:]] for n, name in enumerate(absent, 2000)]
    folder = classes.three(tmp_path / "class", worksheet=str(tmp_path / "w.csv"))
    (tmp_path / "w.csv").write_text(sheet(ENGLISH, rows[:4]), newline="")
    says = "worksheet: 2 grades filled in, 3 not; nothing was handed in by: Zoé de La Tour, Absent Sansdépôt"
    assert f"{says} s003: the worksheet has no such participant" in shown_of_marks(folder)
    said = shown_of_marks(folder, "fr")
    assert (
        "n'ont rien rendu : Zoé de La Tour, Absent" in said and "learning_curves.cpp ne compile pas (ligne 2)" in said
    )
    assert "learning_curves 0/2 : ne compile pas" in (folder / "moodle-worksheet.csv").read_text().replace("\xa0", " ")
    (tmp_path / "w.csv").write_text(sheet(ENGLISH, rows), newline="")
    assert "Same Name, Same Name, Student 0, Student 1," in (said := shown_of_marks(folder))
    assert "Student 5 and 2 more" in said and "Student 6" not in said


def feedback_of(tmp_path: Path, report: dict) -> str:
    (tmp_path / "w.csv").write_text(sheet(ENGLISH, rows_of("Participant {}", "20.00")), newline="")
    entries = [classes.entry(n, name) for n, name in enumerate(classes.NAMES[:3], 1)]
    folder = classes.write_class(tmp_path / "class", entries, {"s002": report}, worksheet=str(tmp_path / "w.csv"))
    rows = list(csv.reader((classes.with_marks(folder) / "moodle-worksheet.csv").open(newline="")))
    return rows[1][9]


def test_the_feedback_says_why_an_exercise_is_not_full(tmp_path: Path) -> None:
    """Of a file that does not compile it does not say that something in it is forbidden."""
    about = dict(part.split(" ", 1) for part in feedback_of(tmp_path, classes.faulty()).split(": ", 1)[1].split("; "))
    assert (
        about["learning_curves"] == "0/2: does not compile: learning_curves.cpp:2: ‘g’ was not declared in this scope"
    )
    assert about["vec_exos"] == "0/4: vec_exos.cpp is missing"
    assert about["softmax_batch"] == "0/2 (allowed FAIL, right waits): softmax_batch.cpp:7: `for` is a loop"
    long = about["answers"].split("): ")[1]
    assert long.endswith("...") and 70 < len(long) <= 90
    says = "1/3 (allowed ok, right FAIL 1/3): grad_batch: the gradient of W should be 5 x 3 but is 3 x 5"
    assert about["grad_batch"] == says
    full = feedback_of(tmp_path, classes.full())
    assert full.startswith("20 of 20 marks: learning_curves") and full.count(":") == 1


@pytest.mark.parametrize("end", ["\n", "\r", "\v", "\x85", "\u2028", "\u202e", "\0", "; ", " ;\xa0"])
def test_what_a_student_printed_is_no_part_of_the_feedback_of_its_own(end: str, tmp_path: Path) -> None:
    report = classes.faulty()
    for item in report["items"]:
        item.pop("sentences", None)
        item["message"] = f"=x{end}vec_exos 4/4 <img>"
    said = feedback_of(tmp_path, report)
    assert said.isprintable() and said.startswith("1 of 20 marks: ") and said.count("=x") == 8
    assert [part.split(" ")[0] for part in said.split(": ", 1)[1].split("; ")].count("vec_exos") == 1
    assert "<" not in said and "&lt;img&gt;" in said, "Moodle takes it for HTML"


# --- what to look at first


def endless(item: dict) -> None:
    failure = {"sentence": "did not return in time: is there an endless loop?", "fields": {}}
    says = {"sentence": "{call}: {failure}", "fields": {"call": "evaluate(images 3 x 4)", "failure": failure}}
    item |= {"status": "fail", "message": "evaluate(images 3 x 4): did not", "sentences": {"message": says}}


def test_the_submissions_to_look_at_first_are_named(tmp_path: Path) -> None:
    report = classes.full()
    for item in report["items"]:
        if item["exercise"] == "evaluate" and item["stage"] == "parity":
            endless(item)
    entries = [classes.entry(n, "A") for n in range(1, 13)]
    reports = {"s001": classes.full(), "s002": classes.faulty(), "s003": report}
    said = shown_of_marks(classes.write_class(tmp_path / "few", entries, reports))
    first = " s002: learning_curves.cpp does not compile (line 2) s003: evaluate.cpp: evaluate did not end"
    assert f"Look at these first:{first}" in said and said.count("did not end") == 1
    assert "first" not in shown_of_marks(classes.write_class(tmp_path / "none", entries, {"s001": classes.full()}))
    many = {entry["key"]: classes.faulty() for entry in entries}
    said = shown_of_marks(classes.write_class(tmp_path / "many", entries, many))
    assert said.count("does not compile") == 9 and "and 3 more: class.html" in said


@pytest.mark.parametrize("sentence", sorted({look_first.NOT_COMPILED, *look_first.ENDLESS}))
def test_the_grader_says_what_is_looked_for(sentence: str) -> None:
    files = [*(ROOT / "grader" / "judge").rglob("*.cpp"), *(ROOT / "grader" / "grade").glob("*.py")]
    sources = [file.read_text() for file in files]
    assert any(f'tr("{sentence}"' in text for text in sources)


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
