"""The report's own arithmetic: what the grader failed to judge costs nothing and earns nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.common.rubric import rubric
from grader.common.tool import UserError
from grader.grade import stages
from grader.machine.blas import Blas
from grader.report import report_json

BLAS = Blas(library="OpenBLAS", file="libblas.so.3", core="Haswell", chosen_by="library", seconds_per_batch=1e-4)


def report_of(status: str) -> dict:
    """A report in which everything passes but the training epoch, worth two points."""
    table = rubric()
    exercises = list(table.exercises.values())
    items = [
        stages.make(exercise, name, "parity" if name in exercise.points else "speed", "pass")
        for exercise in exercises
        for name in {**exercise.points, **exercise.speed}
    ]
    graded = next(item for item in items if item["name"] == "training epoch")
    graded.update(status=status, points=0.0)
    return report_json.make(Path("submission"), items, exercises, table, 1, BLAS, ["process"])


def test_a_failure_costs_its_points() -> None:
    made = report_of("fail")
    assert (made["score"], made["max_score"]) == (18, 20)


def test_the_graders_own_fault_counts_neither_way() -> None:
    made = report_of("error")
    assert (made["score"], made["max_score"]) == (18, 18)
    assert report_json.open_points(made["items"]) == 2


def test_one_grade_at_a_time_in_a_folder(tmp_path: Path) -> None:
    with report_json.alone_in(tmp_path / "grade"):
        with pytest.raises(UserError, match="another grade is at work"), report_json.alone_in(tmp_path / "grade"):
            pass
        with report_json.alone_in(tmp_path / "other"):
            pass
    with report_json.alone_in(tmp_path / "grade"):
        pass


def test_a_folder_that_cannot_be_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UserError, match="file cannot take a report"), report_json.alone_in(tmp_path / "file"):
        pass
    assert (tmp_path / "file").read_text() == "mine"
