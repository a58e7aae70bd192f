"""What Armadillo's exceptions mean, in terms of the student's next action. Called by stages.py; pure text to text."""

from __future__ import annotations

import re

SHAPES = re.compile(r"(\d+)x(\d+) and (\d+)x(\d+)")
EACH = re.compile(r"(each_row|each_col)\(\): incompatible size; expected (\d+)x(\d+), got (\d+)x(\d+)")


def _of_product(rows: str, inner: str, other: str, columns: str) -> str:
    if rows == other:
        return f"the first factor needs .t(): {inner}x{rows} times {other}x{columns} fits"
    if inner == columns:
        return f"the second factor needs .t(): {rows}x{inner} times {columns}x{other} fits"
    if rows == columns:
        return f"exchange the factors: {other}x{columns} times {rows}x{inner} fits"
    return "write the shape of each factor beside it: the inner two numbers must be the same"


def _of_each(name: str, rows: str, columns: str, got_rows: str, got_columns: str) -> str:
    other = "each_col" if name == "each_row" else "each_row"
    kind, wanted = ("row", "column") if got_rows == "1" else ("column", "row")
    if "1" in (got_rows, got_columns) and (got_rows == "1") == (name == "each_col"):
        return f"{name}() takes a {wanted} and this is a {kind}: use {other}(), or the other axis (0 is down, 1 is along)"
    return f"{name}() goes with {rows}x{columns} here; what you gave it is {got_rows}x{got_columns}"


def for_exception(message: str) -> str:
    """The hint for a message that quotes an exception of Armadillo's; "" when it is none that is known."""
    if match := EACH.search(message):
        return _of_each(*match.groups())
    shapes = SHAPES.search(message)
    if shapes and "matrix multiplication" in message:
        return _of_product(*shapes.groups())
    if shapes and "incompatible matrix dimensions" in message:
        return "nothing broadcasts by itself: each_row() or each_col() says along what; * is the matrix product, % not"
    if "out of bounds" in message or "indices" in message:
        return "an index lies outside of the matrix: positions for elem() count down the columns, from 0 to n_elem - 1"
    return ""
