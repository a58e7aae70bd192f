"""Tests of the small examples beside the stubs: NumPy has to give what they say, and they have to fit a screen."""

from __future__ import annotations

import importlib
import sys
import tomllib
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.common.build_facts import ROOT
from grader.common.console import console_of_80
from grader.common.rubric import rubric
from grader.report import examples, next_thing
from grader.report.examples import FILE, Matrix
from grader.report.item import Item

TABLE = tomllib.loads(FILE.read_text(encoding="utf-8"))


def oracle() -> ModuleType:
    """reference/softmax_reg_vec.py, the functions of a batch in NumPy, where an image is a row."""
    folder = ROOT / "reference"
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module("softmax_reg_vec")
    finally:
        sys.path.remove(str(folder))


def trained(images: np.ndarray, labels: np.ndarray, rate: float, W: np.ndarray) -> tuple[np.ndarray, float]:
    model = W.astype(float), np.zeros(W.shape[1])
    loss = oracle().train_sgd_vec(oracle().Dataset(images.T, labels), *model, len(labels), rate)
    return model[0], loss


def gradients(images: np.ndarray, probs: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return oracle().grad_batch(images.T, probs.T, labels)


IN_NUMPY: dict[str, Callable[..., Any]] = {
    "center_rows": lambda A: A - A.mean(axis=1, keepdims=True),
    "normalize_columns": lambda A: A / A.sum(axis=0),
    "log_sum_exp": lambda A: np.logaddexp.reduce(A, axis=0, keepdims=True),
    "one_hot": lambda labels, n_classes: np.eye(n_classes)[labels].T,
    "pick_per_column": lambda A, rows: A[rows, np.arange(len(rows))],
    "argmax_per_column": lambda A: A.argmax(axis=0),
    "accuracy": lambda predicted, labels: np.mean(predicted == labels),
    "squared_distances": lambda A, B: ((A[:, :, None] - B[:, None, :]) ** 2).sum(axis=0),
    "sum_outer_products": lambda A, B: np.einsum("ij,kj->ik", A, B),
    "least_squares": lambda A, B: np.linalg.lstsq(A, B, rcond=None)[0],
    "train_sgd_vec": trained,
    "softmax_batch": lambda logits: oracle().softmax_batch(logits.T).T,
    "cross_entropy_loss_batch": lambda probs, labels: oracle().cross_entropy_loss_batch(probs.T, labels),
    "grad_batch": gradients,
    "evaluate": lambda images, labels, W, b: oracle().evaluate_vec(images.T, labels, W, b),
}


def test_every_function_with_a_batch_has_one() -> None:
    others = {"train_with_validation", "train_sgd_fast"}  # a training, and what train_sgd_vec has shown
    functions = {function for exercise in rubric().exercises.values() for function in exercise.functions}
    assert TABLE.keys() == IN_NUMPY.keys() == functions - others


@pytest.mark.parametrize("function", TABLE)
def test_numpy_gives_the_same(function: str) -> None:
    arguments = {name: np.array(x) if isinstance(x, list) else x for name, x in TABLE[function]["given"].items()}
    result = IN_NUMPY[function](**arguments)
    parts = result if isinstance(result, tuple) else (result,)
    for part, value in zip(parts, TABLE[function]["gives"].values(), strict=True):
        assert np.shape(part) == np.shape(value) and np.allclose(part, value, rtol=0, atol=0.005), (part, value)


@pytest.mark.parametrize("function", TABLE)
def test_an_example_fits_the_screen(function: str) -> None:
    lines = [line.plain for line in next_thing.example_lines(function)]
    assert max(map(len, lines)) <= 76 and 3 <= len(lines) <= 5
    assert lines[1].count("->") == 1 and not any(line != line.rstrip() for line in lines)


def test_a_matrix_a_column_and_a_number_are_drawn_apart() -> None:
    assert Matrix.of("A", [[1, 10], [-2, 0.5]]).lines() == ["A (2 x 2)", " 1  10   ", "-2 0.5   "]
    assert Matrix.of("b", [1, 2]).lines() == ["b (2)", "1    ", "2    "]
    assert Matrix.of("loss", 0.69).lines() == ["loss", "0.69"]
    assert examples.of("train_with_validation") is None


def test_an_example_stands_beside_a_stub_where_there_is_room(capsys: pytest.CaptureFixture[str]) -> None:
    item = Item("grad_batch", "compiles", "build", "todo", 0.0, 0.0, "m")
    console = console_of_80()
    example = next_thing.example_lines("grad_batch")
    least = 2 + len(example)
    for room in (least, least - 1):
        shown = next_thing.next_of([item], True, room=room)
        console.print(shown)
        said = capsys.readouterr().out
        assert ("labels (2)" in said) == (room >= least) and len(said.splitlines()) <= room
    done = Item("grad_batch", "compiles", "build", "fail", 0.0, 0.0, "m")
    console.print(next_thing.next_of([done], True))
    assert "labels (2)" not in capsys.readouterr().out
