"""What a mark is, and the marks of a class in what is written whatever its system: the contract's files, CSV, JUnit.

Run by pytest (`make test`); results are made up of real reports, and no grade is run."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from grader.classroom.marks.mark import decimal, safe_cell
from grader.classroom.results import read_class
from grader.common.tool import UserError
from grader.tests.support import class_support as classes


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
    (row,) = csv.DictReader(io.StringIO((classes.with_marks(folder) / "exercises.csv").read_text()))
    assert row["mark"] == "" and row["reason"]


def test_what_the_grader_failed_to_judge_is_no_zero(tmp_path: Path) -> None:
    report = classes.full()
    report["items"][-1] |= {"status": "error", "points": 0.0}
    folder = classes.write_class(tmp_path, [classes.entry(1, "A")], {"s001": classes.with_score(report)})
    (row,) = csv.DictReader(io.StringIO((classes.with_marks(folder) / "exercises.csv").read_text()))
    assert (row["mark"], row["evaluate"]) == ("", "") and "grade it again" in row["reason"]


def test_a_report_that_is_cut_is_a_reason(tmp_path: Path) -> None:
    folder = classes.three(tmp_path)
    (folder / "reports" / "s001" / "report.json").write_text('{"submission": "x", "items": [')
    rows = list(csv.DictReader(io.StringIO((classes.with_marks(folder) / "exercises.csv").read_text())))
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
    reports = {"s001": classes.full(), "s002": classes.faulty()}
    folder = classes.with_marks(classes.write_class(tmp_path, entries, reports))
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
    folder = classes.with_marks(classes.three(tmp_path))
    rows = list(csv.DictReader(io.StringIO((folder / "exercises.csv").read_text(encoding="utf-8"))))
    assert [(row["key"], row["mark"], row["maximum"]) for row in rows] == [("s001", "20.00", "20.00"), ("s002", "1.00", "20.00"), ("s003", "", "20.00")]  # fmt: skip
    assert [row["reason"] for row in rows] == ["", "", "its folder holds no file of the lab"]
    assert rows[0]["softmax_batch"] == "2.00" and rows[0]["name"] == classes.NAMES[0]


def test_the_plain_csv_names_the_processor_that_timed_a_submission(tmp_path: Path) -> None:
    reports = {"s001": classes.full() | {"processor": "=Xeon"}, "s002": classes.full()}
    folder = classes.write_class(tmp_path, [classes.entry(n, "x") for n in (1, 2, 3)], reports)
    rows = csv.DictReader(io.StringIO((classes.with_marks(folder) / "exercises.csv").read_text(encoding="utf-8")))
    assert [row["processor"] for row in rows] == ["'=Xeon", "", ""]


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A0", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_a_name_is_no_formula(name: str, tmp_path: Path) -> None:
    entry = classes.entry(1, name, email=name)
    out = classes.with_marks(classes.write_class(tmp_path, [entry], {"s001": classes.full()}, source="canvas"))
    for file, column in (("exercises.csv", "name"), ("exercises.csv", "email"), ("canvas.csv", "Student")):
        row = list(csv.DictReader(io.StringIO((out / file).read_text(encoding="utf-8"), newline="")))[-1]
        assert row[column].startswith("'"), file
    assert safe_cell("O'Brien") == "O'Brien"


# --- JUnit


def test_junit_is_read_by_another_parser_with_unique_names(tmp_path: Path) -> None:
    junitparser = pytest.importorskip("junitparser")
    report = classes.faulty()
    report["items"][0]["message"] = "\x00\x1b[31m ]]> <script> & \ud800 \ufffe é"
    report["items"][0].pop("sentences", None)
    entries = [classes.entry(n, "A") for n in (1, 2, 3)]
    folder = classes.write_class(tmp_path, entries, {"s001": classes.full(), "s002": report})
    suites = list(junitparser.JUnitXml.fromfile(str(classes.with_marks(folder) / "junit.xml")))
    assert [suite.name for suite in suites] == ["s001", "s002", "s003"]
    cases = [case for suite in suites for case in suite]
    assert len({case.name for case in cases}) == len(cases) > 80
    for suite in suites:
        results = [type(case.result[0]).__name__ if case.result else "" for case in suite]
        counts = (len(results), results.count("Failure"), results.count("Error"), results.count("Skipped"))
        assert counts == (suite.tests, suite.failures, suite.errors, suite.skipped)
    assert suites[0].failures == 0 and suites[1].failures > 3 and suites[2].errors == 1
    assert "its folder holds no file of the lab" in list(suites[2])[0].result[0].message
