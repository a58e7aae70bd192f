"""Marks for Canvas, Gradescope and VPL, held to what each of them reads; the sources stand beside each table.

Run by pytest (`make test`); results are made up of real reports, and no grade is run."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.marks import gradescope, vpl
from grader.common.build_facts import ROOT
from grader.report.report_json import Report
from grader.tests.support import class_support as classes


# --- Canvas


def test_canvas_finds_students_by_id_and_old_grades_stay(tmp_path: Path) -> None:
    """instructure/canvas-lms lib/gradebook_importer.rb: Student first, ID second, Section last before the assignments;
    an empty cell would be a grade."""
    out = classes.with_marks(classes.three(tmp_path, source="canvas"))
    head, possible, *rows = csv.reader((out / "canvas.csv").open(encoding="utf-8", newline=""))
    assert head[:3] == ["Student", "ID", "Section"] and len(head) == 4
    assert possible[0].strip() == "Points Possible" and possible[3] == "20.00"
    assert [(row[1], row[3]) for row in rows] == [("1001", "20.00"), ("1002", "1.00")]
    assert not (out / "moodle-feedback.zip").exists()


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
    out = classes.with_marks(classes.three(tmp_path)) / "gradescope"
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
    assert "Comment :=>>5.00 of 100 (1 of 20 points)\n" in done.stdout
    missing = subprocess.run([*run[:-1], str(tmp_path / "none.json")], cwd=ROOT, capture_output=True, text=True)
    assert missing.returncode == 0 and grade_that_vpl_reads(missing.stdout) is None
    assert missing.stdout.startswith("Comment :=>>")
