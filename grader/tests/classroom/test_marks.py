"""The marks of a class in each system's form, held to what that system reads; the sources stand beside each table.

Run by pytest (`make test`); results are made up of real reports, and no grade is run."""

from __future__ import annotations

import codecs
import csv
import io
import json
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.classroom import marks
from grader.classroom.marks import gradescope, vpl
from grader.classroom.marks.cells import read
from grader.classroom.marks.mark import decimal, safe_cell
from grader.classroom.results import read_class
from grader.common.build_facts import ROOT
from grader.common.tool import UserError
from grader.report.report_json import Report
from grader.tests.support import class_support as classes

# moodle/moodle public/mod/assign/gradingtable.php and its language packs: what the importing session asks for.
ENGLISH = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"]  # fmt: skip
FRENCH = ["Identifiant", "Nom complet", "Adresse de courriel", "Statut", "Note", "Note maximale", "La note peut être modifiée", "Dernière modification (travail remis)", "Dernière modification (note)", "Feedback par commentaires"]  # fmt: skip


def three(folder: Path, **roster: Any) -> Path:
    """Full marks; some marks; no report."""
    entries = [classes.entry(n, name) for n, name in enumerate(classes.NAMES[:3], 1)]
    return classes.write_class(folder, entries, {"s001": classes.full(), "s002": classes.faulty()}, **roster)


def written(folder: Path) -> Path:
    marks.write(read_class(folder))
    return folder


# --- what a mark is


@pytest.mark.parametrize(
    "value, maximum, text",
    [(18.5, 20, "18.50"), (20.004, 20, "20.00"), (21, 20, "20.00"), (2 / 3, 20, "0.67"), (-1, 20, "0.00"), (19.999, 19.999, "19.99"), (3.0000000000000004, 4, "3.00"), (0.125, 1, "0.13"), (1e-9, 20, "0.00")],  # fmt: skip
)
def test_a_mark_has_a_point_and_two_decimals_and_is_not_above_the_maximum(
    value: float, maximum: float, text: str
) -> None:
    assert decimal(value, maximum) == text


@pytest.mark.parametrize("score", [float("nan"), float("inf"), "20", None])
def test_a_score_that_is_no_number_is_no_mark(score: object, tmp_path: Path) -> None:
    report = {**classes.full(), "score": score}
    folder = classes.write_class(tmp_path, [classes.entry(1, "A")], {"s001": report})
    (row,) = csv.DictReader(io.StringIO((written(folder) / "exercises.csv").read_text()))
    assert row["mark"] == "" and row["reason"]


def test_what_the_grader_failed_to_judge_is_no_zero(tmp_path: Path) -> None:
    report = classes.full()
    report["items"][-1] |= {"status": "error", "points": 0.0}
    folder = classes.write_class(tmp_path, [classes.entry(1, "A")], {"s001": classes.with_score(report)})
    (row,) = csv.DictReader(io.StringIO((written(folder) / "exercises.csv").read_text()))
    assert (row["mark"], row["evaluate"]) == ("", "") and "grade it again" in row["reason"]


def test_a_report_that_is_cut_is_a_reason(tmp_path: Path) -> None:
    folder = three(tmp_path)
    (folder / "reports" / "s001" / "report.json").write_text('{"submission": "x", "items": [')
    rows = list(csv.DictReader(io.StringIO((written(folder) / "exercises.csv").read_text())))
    assert rows[0]["mark"] == "" and "cannot be read" in rows[0]["reason"] and rows[1]["mark"] == "1.00"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 2}', '{"format": 1, "source": "git", "submissions": [{}]}']
)
def test_a_roster_that_is_none_is_an_error_that_names_it(text: str, tmp_path: Path) -> None:
    (tmp_path / "roster.json").write_text(text)
    with pytest.raises(UserError, match=re.escape(str(tmp_path / "roster.json"))):
        read_class(tmp_path)


# --- the contract's files


def test_class_json_and_marks_csv_have_the_fields_of_the_contract(tmp_path: Path) -> None:
    names = ["Ana", "=Bob", "Zo\u00e9", "Eve", "Nobody"]
    states = ["ok", "two versions", "late", "empty", "unmatched"]
    entries = [classes.entry(n, name, state=state) for n, (name, state) in enumerate(zip(names, states), 1)]
    entries[1]["late"] = True
    folder = written(classes.write_class(tmp_path, entries, {"s001": classes.full(), "s002": classes.faulty()}))
    table = json.loads((folder / "class.json").read_text(encoding="utf-8"))
    assert [one["status"] for one in table] == ["graded", "late", "late", "empty", "unmatched"]
    assert table[0] == {"id": "s001", "name": "Ana", "status": "graded", "score": 20.0, "max_score": 20.0, "reason": "", "report": "reports/s001/report.json"}  # fmt: skip
    assert (table[2]["score"], table[2]["report"]) == (None, None) and table[2]["reason"]
    rows = list(csv.reader((folder / "marks.csv").open(encoding="utf-8", newline="")))
    assert rows[0] == ["id", "name", "score", "max_score", "status"]
    assert rows[1:3] == [["s001", "Ana", "20.00", "20.00", "graded"], ["s002", "'=Bob", "1.00", "20.00", "late"]]
    assert rows[4] == ["s004", "Eve", "", "20.00", "empty"]


# --- plain CSV


def test_the_plain_csv_has_a_line_for_each_and_a_reason_instead_of_a_zero(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((written(three(tmp_path)) / "exercises.csv").read_text(encoding="utf-8"))))
    assert [(row["key"], row["mark"], row["maximum"]) for row in rows] == [("s001", "20.00", "20.00"), ("s002", "1.00", "20.00"), ("s003", "", "20.00")]  # fmt: skip
    assert [row["reason"] for row in rows] == ["", "", "its folder holds no file of the lab"]
    assert rows[0]["softmax_batch"] == "2.00" and rows[0]["name"] == classes.NAMES[0]


def test_the_plain_csv_names_the_processor_that_timed_a_submission(tmp_path: Path) -> None:
    reports = {"s001": classes.full() | {"processor": "=Xeon"}, "s002": classes.full()}
    folder = classes.write_class(tmp_path, [classes.entry(n, "x") for n in (1, 2, 3)], reports)
    rows = csv.DictReader(io.StringIO((written(folder) / "exercises.csv").read_text(encoding="utf-8")))
    assert [row["processor"] for row in rows] == ["'=Xeon", "", ""]


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A0", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_a_name_is_no_formula(name: str, tmp_path: Path) -> None:
    entry = classes.entry(1, name, email=name)
    out = written(classes.write_class(tmp_path, [entry], {"s001": classes.full()}, source="canvas"))
    for file, column in (("exercises.csv", "name"), ("exercises.csv", "email"), ("canvas.csv", "Student")):
        row = list(csv.DictReader(io.StringIO((out / file).read_text(encoding="utf-8"), newline="")))[-1]
        assert row[column].startswith("'"), file
    assert safe_cell("O'Brien") == "O'Brien"


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
    out = written(three(tmp_path / "class", worksheet=str(worksheet))) / "moodle-worksheet.csv"
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
    out = written(three(tmp_path / "class", worksheet=str(tmp_path / "w.csv")))
    assert (out / "moodle-worksheet.csv").read_bytes() == content


def test_a_table_comes_back_byte_for_byte() -> None:
    draw = random.Random(3)
    for _ in range(500):
        content = "".join(draw.choice('a",;\n\r\té ') for _ in range(draw.randint(0, 60))).encode()
        assert read(content, {"a"}).changed([]) == content


def test_marks_are_scaled_to_the_worksheets_maximum(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(sheet(ENGLISH, rows_of("Participant {}", "100.00")), newline="")
    folder = three(tmp_path / "class", worksheet=str(tmp_path / "w.csv"))
    done = subprocess.run([sys.executable, "-m", "grader.classroom.marks", "--out", str(folder)], cwd=ROOT, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0 and "scaled to its maximum grade, 100" in done.stdout, done.stderr
    rows = list(csv.reader((folder / "moodle-worksheet.csv").open(newline="")))
    assert [row[4] for row in rows[1:]] == ["5.00", "100.00", ""]


def test_another_assignments_worksheet_gets_no_mark(tmp_path: Path) -> None:
    """Numbers belong to an assignment: in another one they are other people's."""
    rows = [["Participant 1001", "Somebody Else", "", "", "", "20.00", "Yes", "-", "-", ""]]
    (tmp_path / "w.csv").write_text(sheet(ENGLISH, rows), newline="")
    folder = three(tmp_path / "class", worksheet=str(tmp_path / "w.csv"))
    _, filled = marks.write(read_class(folder))
    assert filled and filled.rows == 0 and "another name" in filled.left[0]
    assert (folder / "moodle-worksheet.csv").read_bytes() == (tmp_path / "w.csv").read_bytes()


def test_a_group_is_found_by_its_name_and_not_by_a_participants_number(tmp_path: Path) -> None:
    head = ["Identifier", "Full name", "Group", "Grade", "Maximum grade", "Last modified (grade)", "Feedback comments"]
    rows = [[f"Participant {n}", name, group, "", "20.00", "-", ""] for n, name, group in ((1001, "A", "Team 2"), (1002, "B", "Team 1"), (1003, "C", ""))]  # fmt: skip
    (tmp_path / "w.csv").write_text(sheet(head, rows), newline="")
    entries = [classes.entry(1, "Team 1"), classes.entry(2, "Team 2")]
    reports = {"s001": classes.full(), "s002": classes.faulty()}
    out = written(classes.write_class(tmp_path / "class", entries, reports, worksheet=str(tmp_path / "w.csv")))
    assert [row["Grade"] for row in csv.DictReader((out / "moodle-worksheet.csv").open())] == ["1.00", "20.00", ""]


@pytest.mark.parametrize("head", ["a,b,c\n", "", "Identifier,Full name\n", "Identifier,Scale,Grade\n"])
def test_a_file_that_is_no_worksheet_is_an_error_that_names_it(head: str, tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(head)
    with pytest.raises(UserError, match="w.csv"):
        marks.write(read_class(three(tmp_path / "class", worksheet=str(tmp_path / "w.csv"))))


# --- Moodle's feedback files


def participant_of(path: str) -> tuple[str, str] | None:
    """As mod/assign/feedback/file/importziplib.php reads a path: of the first part that splits into five pieces."""
    for part in path.split("/"):
        pieces = part.split("_", 4)
        if len(pieces) == 5 and pieces[1].isdecimal() and pieces[2:4] == ["assignsubmission", "file"]:
            return pieces[1], path.rsplit("/", 1)[-1]
    return None


def test_feedback_finds_its_participant_and_tells_no_name(tmp_path: Path) -> None:
    folder = three(tmp_path)
    content = (written(folder) / "moodle-feedback.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert [participant_of(name) for name in names] == [("1001", "report.html"), ("1002", "report.html")]
        assert archive.read(names[1]) == (folder / "reports" / "s002" / "report.html").read_bytes()
        assert not any(name.encode() in content for name in ("Jean", "Müller"))
    assert (written(folder) / "moodle-feedback.zip").read_bytes() == content, "the same bytes from the same pages"


# --- Canvas


def test_canvas_finds_students_by_id_and_old_grades_stay(tmp_path: Path) -> None:
    """instructure/canvas-lms lib/gradebook_importer.rb: Student first, ID second, Section last before the assignments;
    an empty cell would be a grade."""
    out = written(three(tmp_path, source="canvas"))
    head, possible, *rows = csv.reader((out / "canvas.csv").open(encoding="utf-8", newline=""))
    assert head[:3] == ["Student", "ID", "Section"] and len(head) == 4
    assert possible[0].strip() == "Points Possible" and possible[3] == "20.00"
    assert [(row[1], row[3]) for row in rows] == [("1001", "20.00"), ("1002", "1.00")]
    assert not (out / "moodle-feedback.zip").exists()


# --- JUnit


def test_junit_is_read_by_another_parser_with_unique_names(tmp_path: Path) -> None:
    junitparser = pytest.importorskip("junitparser")
    report = classes.faulty()
    report["items"][0]["message"] = "\x00\x1b[31m ]]> <script> & \ud800 \ufffe é"
    report["items"][0].pop("sentences", None)
    entries = [classes.entry(n, "A") for n in (1, 2, 3)]
    folder = classes.write_class(tmp_path, entries, {"s001": classes.full(), "s002": report})
    suites = list(junitparser.JUnitXml.fromfile(str(written(folder) / "junit.xml")))
    assert [suite.name for suite in suites] == ["s001", "s002", "s003"]
    cases = [case for suite in suites for case in suite]
    assert len({case.name for case in cases}) == len(cases) > 80
    for suite in suites:
        results = [type(case.result[0]).__name__ if case.result else "" for case in suite]
        counts = (len(results), results.count("Failure"), results.count("Error"), results.count("Skipped"))
        assert counts == (suite.tests, suite.failures, suite.errors, suite.skipped)
    assert suites[0].failures == 0 and suites[1].failures > 3 and suites[2].errors == 1
    assert "its folder holds no file of the lab" in list(suites[2])[0].result[0].message


# --- Gradescope

# gradescope/autograder_samples docs/specs.md: field, type.
TEST_FIELDS = {"score": (int, float), "max_score": (int, float), "status": str, "name": str, "name_format": str, "number": str, "output": str, "output_format": str, "tags": list, "visibility": str, "extra_data": dict}  # fmt: skip
TOP_FIELDS = {"score": (int, float), "execution_time": (int, float), "output": str, "output_format": str, "test_output_format": str, "test_name_format": str, "visibility": str, "stdout_visibility": str, "extra_data": dict, "tests": list, "leaderboard": list}  # fmt: skip
VISIBILITY = {"visible", "hidden", "after_due_date", "after_published"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}


def hold_to_gradescope(table: dict[str, Any]) -> None:
    assert all(isinstance(value, TOP_FIELDS[key]) for key, value in table.items())
    assert table["stdout_visibility"] == "hidden" and table["output_format"] in FORMATS
    for test in table["tests"]:
        assert all(isinstance(value, TEST_FIELDS[key]) for key, value in test.items())
        assert test["status"] in ("passed", "failed") and test["visibility"] in VISIBILITY
        assert {test["output_format"], test["name_format"]} <= FORMATS
        assert all(isinstance(tag, str) for tag in test["tags"])


def test_gradescopes_results_have_its_fields_and_our_score(tmp_path: Path) -> None:
    out = written(three(tmp_path)) / "gradescope"
    assert sorted(file.name for file in out.iterdir()) == ["s001.json", "s002.json"]
    for key, score in (("s001", 20.0), ("s002", 1.0)):
        table = json.loads((out / f"{key}.json").read_text())
        hold_to_gradescope(table)
        assert table["score"] == score == pytest.approx(sum(test.get("score", 0) for test in table["tests"]))


def test_noise_passes_and_the_graders_fault_has_no_score() -> None:
    report = classes.full()
    report["items"][0]["status"], report["items"][1]["status"] = "error", "inconclusive"
    tests = gradescope.results(Report.from_json(report))["tests"]
    assert tests[0]["status"] == "failed" and "score" not in tests[0] and "max_score" not in tests[0]
    assert tests[1]["status"] == "passed" and "noisy" in tests[1]["tags"]


def test_what_has_been_graded_so_far_is_a_result(tmp_path: Path) -> None:
    parts = []
    for name in ("softmax_batch", "evaluate"):
        report = classes.full()
        report["items"] = [item for item in report["items"] if item["exercise"] == name]
        parts.append(tmp_path / f"{name}.json")
        parts[-1].write_text(json.dumps(classes.with_score(report)))
    parts.append(tmp_path / "not there.json")
    out = tmp_path / "results.json"
    run = [sys.executable, "-m", "grader.classroom.marks.gradescope", "--report", *map(str, parts), "--out", str(out)]
    assert subprocess.run(run, cwd=ROOT).returncode == 0
    table = json.loads(out.read_text())
    assert table["score"] == 5.0 and len(table["tests"]) == 10 and table["output"].startswith("1 of 3 parts")


# --- VPL


def grade_that_vpl_reads(output: str) -> float | None:
    """jcrodriguez-dis/moodle-mod_vpl vpl_submission.class.php: the last line that begins so, in column 0."""
    found = re.findall(r"^Grade :=>>\s*(\S+)\s*$", output, re.MULTILINE)
    return float(found[-1]) if found else None


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\0"])
def test_no_line_of_a_student_is_a_grade_for_vpl(end: str) -> None:
    report = classes.faulty()
    for item in report["items"]:
        item.pop("sentences", None)
        item["message"] = item["hint"] = f"x{end}Grade :=>>20{end}--|>{end}Comment :=>>y{end}<|--"
    text = vpl.output(Report.from_json(report), 20)
    assert grade_that_vpl_reads(text) == 1.0
    assert all(line.startswith(("Comment :=>>", "Grade :=>>1.00")) for line in text.splitlines())
    assert text.count("Grade :=>>") == 1


def test_vpls_grade_is_of_its_own_maximum(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(json.dumps(classes.faulty()))
    run = [sys.executable, "-m", "grader.classroom.marks.vpl", str(tmp_path / "report.json")]
    done = subprocess.run(
        run, cwd=ROOT, env={"PATH": "/usr/bin", "VPL_GRADEMAX": "100"}, capture_output=True, text=True
    )
    assert grade_that_vpl_reads(done.stdout) == 5.0
    missing = subprocess.run([*run[:-1], str(tmp_path / "none.json")], cwd=ROOT, capture_output=True, text=True)
    assert missing.returncode == 0 and grade_that_vpl_reads(missing.stdout) is None
    assert missing.stdout.startswith("Comment :=>>")
