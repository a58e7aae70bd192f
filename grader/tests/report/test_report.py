"""The report's own arithmetic: what the grader failed to judge costs nothing and earns nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.common.files import alone_in
from grader.common.rubric import rubric
from grader.common.tool import UserError
from grader.machine.blas import Blas
from grader.report import report_json
from grader.report.item import cell, make_item, open_points
from grader.report.report_json import Report

BLAS = Blas(library="OpenBLAS", file="libblas.so.3", core="Haswell", chosen_by="library", seconds_per_batch=1e-4)


def report_of(status: str) -> Report:
    """A report in which everything passes but the training epoch, worth two points."""
    table = rubric()
    exercises = list(table.exercises.values())
    items = [
        make_item(exercise, name, "parity" if name in exercise.points else "speed", "pass")
        for exercise in exercises
        for name in {**exercise.points, **exercise.speed}
    ]
    items = [replace(item, status=status, points=0.0) if item.name == "training epoch" else item for item in items]
    return report_json.make(Path("submission"), items, exercises, table, 1, BLAS, ["process"])


def test_a_failure_costs_its_points() -> None:
    made = report_of("fail")
    assert (made.score, made.max_score) == (18, 20)


def test_the_graders_own_fault_counts_neither_way() -> None:
    made = report_of("error")
    assert (made.score, made.max_score) == (18, 18)
    assert open_points(made.items) == 2


def test_a_cell_counts_functions_and_not_that_the_file_compiles() -> None:
    exercise = rubric().exercises["vec_exos"]
    legality = [make_item(exercise, f"{name} is allowed", "legality", "todo") for name in exercise.functions]
    compiles = make_item(exercise, "compiles", "build", "pass")
    assert cell([compiles, *legality], ("build", "legality")) == ("todo", "")
    assert cell([compiles, replace(legality[0], status="pass"), *legality[1:]], ("build", "legality")) == ("todo", "1/10")
    assert cell([replace(compiles, status="fail")], ("build", "legality")) == ("fail", "")


def test_one_grade_at_a_time_in_a_folder(tmp_path: Path) -> None:
    with alone_in(tmp_path / "grade"):
        with pytest.raises(UserError, match="another grade is at work"), alone_in(tmp_path / "grade"):
            pass
        with alone_in(tmp_path / "other"):
            pass
    with alone_in(tmp_path / "grade"):
        pass


def test_a_folder_that_cannot_be_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UserError, match="file cannot take a report"), alone_in(tmp_path / "file"):
        pass
    assert (tmp_path / "file").read_text() == "mine"
