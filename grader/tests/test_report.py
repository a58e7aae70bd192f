"""The report's own arithmetic: what the grader failed to judge costs nothing and earns nothing."""

from __future__ import annotations

from pathlib import Path

from grader import report, stages
from grader.blas import Blas
from grader.lab import rubric

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
    return report.make(Path("submission"), items, exercises, table, 1, BLAS, ["process"])


def test_a_failure_costs_its_points() -> None:
    made = report_of("fail")
    assert (made["score"], made["max_score"]) == (18, 20)


def test_the_graders_own_fault_counts_neither_way() -> None:
    made = report_of("error")
    assert (made["score"], made["max_score"]) == (18, 18)
    assert report.open_points(made["items"]) == 2
