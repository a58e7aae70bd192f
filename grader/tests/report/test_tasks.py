"""What ONLY may say. Run by pytest (`make test`); needs nothing that is built."""

from __future__ import annotations

import pytest

from grader.common.rubric import rubric
from grader.report.tasks import named


@pytest.mark.parametrize(
    ("only", "tasks"),
    [
        ("softmax_batch,evaluate", ["softmax_batch", "evaluate"]),
        ("softmax_batch evaluate", ["softmax_batch", "evaluate"]),
        (" evaluate , softmax_batch.cpp ", ["softmax_batch", "evaluate"]),
        ("exercises/softmax_batch.cpp", ["softmax_batch"]),
        ("./exercises/answers.toml one_hot", ["one_hot", "answers"]),
    ],
)
def test_names_are_found_however_they_are_written(only: str, tasks: list[str]) -> None:
    assert sorted(named(only, rubric())) == sorted(tasks)
