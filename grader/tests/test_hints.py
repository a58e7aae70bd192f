"""Armadillo's exceptions, translated."""

import pytest

from grader.hints import for_exception

PRODUCT = "matrix multiplication: incompatible matrix dimensions: "


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        (PRODUCT + "784x10 and 784x64", "the first factor needs .t(): 10x784 times 784x64 fits"),
        (PRODUCT + "784x64 and 10x64", "the second factor needs .t(): 784x64 times 64x10 fits"),
        (PRODUCT + "64x10 and 784x64", "exchange the factors: 784x64 times 64x10 fits"),
        (PRODUCT + "2x3 and 5x7", "the inner two numbers"),
        ("each_col(): incompatible size; expected 3x1, got 1x4", "takes a column and this is a row: use each_row()"),
        ("each_row(): incompatible size; expected 1x4, got 3x1", "takes a row and this is a column: use each_col()"),
        ("each_row(): incompatible size; expected 1x4, got 1x3", "goes with 1x4 here"),
        ("addition: incompatible matrix dimensions: 10x64 and 10x1", "nothing broadcasts by itself"),
        ("Mat::elem(): index out of bounds", "positions for elem()"),
        ("std::bad_alloc", ""),
    ],
)
def test_an_exception_becomes_an_action(message: str, hint: str) -> None:
    found = for_exception(f"softmax_batch(logits 3 x 4): threw an exception: {message}")
    assert hint in found and bool(hint) == bool(found)
