"""What Armadillo's exceptions mean, in terms of the student's next action. Called by stages.py; pure text to text."""

from __future__ import annotations

import re

from grader.common.language import tr

SHAPES = re.compile(r"(?P<what>[\w -]+|operator==): incompatible matrix dimensions: (\d+)x(\d+) and (\d+)x(\d+)")
EACH = re.compile(r"(each_row|each_col)\(\): incompatible size; expected (\d+)x(\d+), got (\d+)x(\d+)")
LAYOUT = re.compile(r"requested size is not compatible with (row|column) vector layout")
BIAS = re.compile(r"^grad_batch.*(column|row) vector layout")
PICKED = re.compile(r"^pick_per_column.*column vector layout")

# The first pattern that is found counts; for messages without sizes.
OTHERS = (
    (
        r"K x m is wanted, a column for each image",
        tr(
            "the logits already lie on their side: an image is a column here, so the factors of NumPy's product change "
            "places, and one of them is transposed"
        ),
    ),
    (
        r"basic_string.*null",
        tr("a 0 stands where a matrix is wanted, in a return for one: give it the matrix that you made"),
    ),
    (
        r"elem\(\): given object must be a vector",
        tr("elem() takes one vector of positions, an arma::uvec; this is a matrix of them"),
    ),
    (
        r"elem\(\): size mismatch",
        tr("on the right of elem(...) stands one number, or as many numbers as there are positions"),
    ),
    (
        r"\b(cols|rows|subvec|submat)\(\): indices out of bounds",
        tr("the first and the last are named, and the last is included: at most n_cols - 1, or n_rows - 1"),
    ),
    (
        r"\b(col|row)\(\): index out of bounds",
        tr("columns and rows count from 0: the last is n_cols - 1, or n_rows - 1"),
    ),
    (
        r"out of bounds|indices|out of range|_M_range_check",
        tr(
            "an index lies outside of the matrix: positions for elem() count down the columns, from 0 to n_elem - 1; "
            "whole numbers without a sign do not go below 0"
        ),
    ),
    (
        # A std::vector does not check its [], and Armadillo's matrices are hardly ever written to there.
        r"^train_with_validation.*: (crashed \(segmentation fault\)|aborted)",
        tr("does this write to a place that is not there? [] does not make a std::vector longer: push_back does"),
    ),
    (
        r"as_scalar\(\)|conv_to\(\): (given object doesn't have exactly one element|expected 1x1 matrix)",
        tr("this is not 1 x 1, so it has no only element: arma::accu sums all elements; or does a factor need .t()?"),
    ),
    (
        r"conv_to\(\): given object (can't|cannot) be interpreted as a vector",
        tr("a matrix does not become a vector by conv_to: take the sum, the maximum or a column of it first"),
    ),
    (
        r"dot\(\): objects must have the same number of elements",
        tr("arma::dot is for two vectors of the same length; the product of matrices is *"),
    ),
    (
        r"solve\(\): number of rows",
        tr(
            "the matrix and the right-hand sides have a row for each equation: which of the two should not be "
            "transposed?"
        ),
    ),
    (
        r"must be square sized",
        tr("only a square matrix has an inverse; arma::solve is for systems of equations of any shape"),
    ),
    (
        r"is singular",
        tr("this matrix has no inverse; arma::solve finds a least-squares solution without one"),
    ),
    (
        r"parameter 'dim' must be 0 or 1",
        tr("the axis is 0, down the columns, or 1, along the rows"),
    ),
    (
        r"number of (rows|columns) must be the same",
        tr("join_rows puts matrices of as many rows side by side, join_cols those of as many columns below each other"),
    ),
    (
        r"has no elements",
        tr("this matrix is empty: it was declared and never filled, or its size came out as 0"),
    ),
    (
        r"requested size is too large",
        tr(
            "a size came out far too large: whole numbers without a sign do not go below 0, and 0 - 1 is "
            "18446744073709551615"
        ),
    ),
)


def _of_product(rows: str, inner: str, other: str, columns: str) -> str:
    """What fits is not yet what is wanted: which of two that fit is told by the shape of the result."""
    first, second = f"{rows}x{inner}", f"{other}x{columns}"
    if first == second:
        return tr("two matrices of one shape: is it %, element by element? A matrix product needs .t() on one of them")
    if rows == other:
        sizes = {"first": f"{inner}x{rows}", "second": second, "gives": f"{inner}x{columns}"}
        return tr(
            "the first factor needs .t(): {first} times {second} fits and gives {gives}; if the contract wants {turned}, "
            "the factors change places, and .t() goes to the other one",
            **sizes,
            turned=f"{columns}x{inner}",
        )
    if inner == columns:
        sizes = {"first": first, "second": f"{columns}x{other}", "gives": f"{rows}x{other}"}
        return tr(
            "the second factor needs .t(): {first} times {second} fits and gives {gives}; if the contract wants "
            "{turned}, the factors change places, and .t() goes to the other one",
            **sizes,
            turned=f"{other}x{rows}",
        )
    if rows == columns:
        sizes = {"gives": f"{other}x{inner}", "turned": f"{inner}x{other}"}
        return tr(
            "two products fit: the factors in the other order give {gives}, and in this order, each with .t(), they "
            "give {turned}; which of the two is the contract's shape?",
            **sizes,
        )
    return tr("write the shape of each factor beside it: the inner two numbers must be the same")


def _of_lengths(shorter: int, longer: int) -> str:
    """For two vectors that lie in the same direction."""
    if longer == shorter + 1:
        return tr("two vectors, and one is too long by one: does it count past its end? regspace includes its end")
    return tr("two vectors of different lengths: which of the two should have as many elements as the other?")


def _of_elements(what: str, shapes: tuple[str, str, str, str]) -> str:
    """For an operation that wants two matrices of the same shape."""
    rows, columns, other_rows, other_columns = shapes
    if what == "copy into submatrix":
        sizes = {"left": f"{rows}x{columns}", "right": f"{other_rows}x{other_columns}"}
        return tr("the part on the left of = is {left}, what you put into it is {right}", **sizes)
    if (rows, columns) == (other_columns, other_rows):
        return tr("rows and columns are exchanged in one of the two: it needs .t()")
    if what == "element-wise multiplication" and columns == other_rows:
        return tr("% goes element by element; the matrix product, in which these two fit, is *")
    if columns == other_columns == "1" or rows == other_rows == "1":
        lengths = sorted(int(rows) * int(columns) for rows, columns in ((rows, columns), (other_rows, other_columns)))
        if lengths[0] > 1:
            return _of_lengths(*lengths)
    if (rows, columns) == ("1", "1") or (other_rows, other_columns) == ("1", "1"):
        return tr("one of the two is a matrix of 1 x 1, and that is no number: arma::as_scalar makes one of it")
    if rows == other_rows and "1" in (columns, other_columns):
        return tr(
            "one column and a matrix: if it is to go with every column, that is A.each_col() + c; if a number for each "
            "column was meant, a row, it was made along the other axis"
        )
    if columns == other_columns and "1" in (rows, other_rows):
        return tr(
            "one row and a matrix: if it is to go with every row, that is A.each_row() + r; if a number for each row "
            "was meant, a column, it was made along the other axis"
        )
    if "1" not in shapes:
        return tr(
            "element by element goes with two matrices of one shape only: write the shape of each beside it, and find "
            "the one that came out wrong (the matrix product is *)"
        )
    return tr("nothing broadcasts by itself: each_row() or each_col() says along what; * is the matrix product, % not")


def _of_each(name: str, rows: str, columns: str, got_rows: str, got_columns: str) -> str:
    other = "each_col" if name == "each_row" else "each_row"
    names = {"name": name, "other": other}
    if "1" in (got_rows, got_columns) and (got_rows == "1") == (name == "each_col"):
        if got_rows == "1":
            return tr(
                "{name}() takes a column and this is a row: use {other}(), or the other axis (0 goes down)", **names
            )
        return tr("{name}() takes a row and this is a column: use {other}(), or the other axis (0 goes down)", **names)
    sizes = {"wanted": f"{rows}x{columns}", "got": f"{got_rows}x{got_columns}"}
    return tr("{name}() goes with {wanted} here; what you gave it is {got}", name=name, **sizes)


def _of_layout(wanted: str) -> str:
    if wanted == "row":
        return tr(
            "a row is wanted here (1 x m) and this is none: .t() makes a row of a column. If the number of elements is "
            "wrong, too, it is the other axis: 0 gives one number a column, 1 one a row"
        )
    return tr(
        "a column is wanted here (m x 1) and this is none: .t() makes a column of a row. If the number of elements is "
        "wrong, too, it is the other axis: 0 gives one number a column, 1 one a row"
    )


def for_exception(message: str) -> str:
    """The hint for a message that quotes an exception of Armadillo's; "" when it is none that is known."""
    if match := EACH.search(message):
        return _of_each(*match.groups())
    if match := SHAPES.search(message):
        what, *shapes = match.groups()
        what = what.strip()
        return _of_product(*shapes) if what == "matrix multiplication" else _of_elements(what, tuple(shapes))
    if PICKED.search(message):
        return tr(
            "one number for each column is wanted here: A(rows, columns) is the block of all pairs (np.ix_), A.rows() "
            "and A.cols() are whole rows and columns, and elem() of m positions in memory is one element each"
        )
    if BIAS.search(message):
        return tr(
            "this is about b: its gradient has K numbers, one a class, in a column, so the images are to vanish; which "
            "axis leaves one number for each row of delta?"
        )
    if match := LAYOUT.search(message):
        return _of_layout(match[1])
    return next((hint for pattern, hint in OTHERS if re.search(pattern, message)), "")
