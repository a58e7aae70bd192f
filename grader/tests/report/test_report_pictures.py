"""What report.json holds for the page to draw: crops of matrices, lines of source, learning curves, the trained model.

Run by pytest (`make test`); needs the built grader."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from grader.explain import excerpt as excerpts
from grader.tests.support import corpus_support as support
from grader.tests.support.corpus_support import Grade

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

LARGEST_CROP = 24
CASES = (
    "softmax_batch--wrong-axis",
    "cross_entropy_loss_batch--for",
    "learning_curves--one-epoch-short",
    "grad_batch--transposed",
)
CUT = b"#include <no_such_header>\n" + b"\n" * 9


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Grade:
    cases = [case for case in support.cases() if case.name in CASES]
    files = {case.exercise.file: support.source([case]) for case in cases} | {"evaluate.cpp": CUT}
    folder = tmp_path_factory.mktemp("pictures")
    only = ",".join([*(case.exercise.name for case in cases), "evaluate", "train_sgd_vec"])
    return support.grade(support.submission(folder / "submission", files), folder / "out", "--only", only)


def numbers(crop: dict) -> list[list[float]]:
    values = [[float(text) for text in row.split()] for row in crop["values"]]
    assert len(values) == min(crop["rows"], LARGEST_CROP)
    assert {len(row) for row in values} == {min(crop["columns"], LARGEST_CROP)}
    assert crop["first_row"] + len(values) <= crop["rows"] and crop["first_column"] + len(values[0]) <= crop["columns"]
    return values


def test_a_crop_holds_the_worst_element_and_its_values(graded: Grade) -> None:
    for name in ("random logits", "large logits", "one image, one class"):
        item = graded.items("softmax_batch")[name]
        found = item["matrices"]
        row, column = found["worst"]
        i, j = row - found["expected"]["first_row"], column - found["expected"]["first_column"]
        assert f"(row {row}, column {column})" in item["message"]
        assert found["wrong"][i][j] == "x"
        for side in ("expected", "actual"):
            assert math.isclose(numbers(found[side])[i][j], float(item[side]), rel_tol=1e-5)
    large = graded.items("softmax_batch")["large logits"]["matrices"]
    assert (large["actual"]["rows"], large["actual"]["columns"]) == (10, 33)
    assert [len(marks) for marks in large["wrong"]] == [LARGEST_CROP] * 10


def test_matrices_of_different_shapes_are_both_there(graded: Grade) -> None:
    found = graded.items("grad_batch")["gradient of W"]["matrices"]
    expected, actual = numbers(found["expected"]), numbers(found["actual"])
    assert "worst" not in found and len(expected) == len(actual[0])
    assert expected[0] == [row[0] for row in actual]  # it is the transposed one


def test_a_finding_comes_with_its_lines(graded: Grade) -> None:
    (finding,) = graded.items("cross_entropy_loss_batch")["allowed"]["findings"]
    excerpt = finding["excerpt"]
    case = next(case for case in support.cases() if case.name == "cross_entropy_loss_batch--for")
    source = case.text.split("\n")
    first = excerpt["first_line"]
    assert excerpt["line"] == finding["line"]
    assert excerpt["lines"] == source[first - 1 : first - 1 + len(excerpt["lines"])]
    assert "for (" in excerpt["lines"][finding["line"] - first]


def test_an_error_of_the_compiler_comes_with_its_lines(graded: Grade) -> None:
    item = graded.items("evaluate")["compiles"]
    assert item["excerpt"] == {"line": 1, "first_line": 1, "lines": ["#include <no_such_header>", "", "", ""]}


def test_curves_are_there_when_they_are_wrong(graded: Grade) -> None:
    item = graded.items("learning_curves")["history"]
    expected, actual = item["curves"]["expected"], item["curves"]["actual"]
    assert item["status"] == "fail"
    for key in ("train_loss", "valid_loss", "valid_accuracy"):
        assert len(expected[key]) == 10 and actual[key] == pytest.approx(expected[key][:9])
    assert expected["train_loss"] == sorted(expected["train_loss"], reverse=True)


def test_the_model_is_described_truly(graded: Grade) -> None:
    model = graded.items("train_sgd_vec")["three epochs"]["model"]
    confusion = model["confusion"]
    assert sum(map(sum, confusion)) == model["images"] == 1000
    assert sum(confusion[k][k] for k in range(10)) / model["images"] == pytest.approx(model["accuracy"])
    assert model["accuracy"] > 0.6
    templates = [bytes.fromhex(text) for text in model["templates"]]
    assert [len(pixels) for pixels in templates] == [784] * 10
    assert max(abs(pixel - 128) for pixels in templates for pixel in pixels) == 127
    sure = [mistake["probability"] for mistake in model["mistakes"]]
    assert len(sure) == 12 and sure == sorted(sure, reverse=True)
    for mistake in model["mistakes"]:
        assert mistake["label"] != mistake["predicted"] and confusion[mistake["label"]][mistake["predicted"]] > 0
        assert max(bytes.fromhex(mistake["image"])) > 128


def test_long_lines_and_odd_places_have_an_excerpt_or_none(tmp_path: Path) -> None:
    file = tmp_path / "softmax_batch.cpp"
    file.write_bytes(b"\xef\xbb\xbf" + b"x" * 5000 + b"\r\n\tlast\x0c line \xe9")
    found = excerpts.for_message(file, "does not compile: softmax_batch.cpp:2: why")
    assert found and len(found["lines"][0]) == excerpts.WIDEST and found["lines"][1].startswith("    last")
    assert excerpts.for_message(file, "softmax_batch.cpp:3: why") is None
    assert excerpts.for_message(file, "no place") is None
    many = [{"line": 1, "rule": "loop"}] * 1000
    assert [("excerpt" in one) for one in excerpts.with_lines(file, many)].count(True) == excerpts.MOST
