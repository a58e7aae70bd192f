"""Names that the compiler does not know: those of NumPy and Python, and those whose namespace is missing, and what to
write in their place. Called by compiler_hints.py; held against the real compiler by its tests."""

from __future__ import annotations

import re

from grader.common.language import tr
from grader.common.rubric import rubric

LEAST_SQUARES = tr(
    "least squares are a system of equations that LAPACK solves (step 4 of the handout): Armadillo's function is "
    "called by that verb"
)
SIZE = tr("the number of elements is n_elem, without brackets")
HYPERPARAMETERS = tr("the members of Hyperparameters are learning_rate, batch_size, epochs and seed: hp.learning_rate")

UNKNOWN = re.compile(r"has no member named ‘(\w+)’|‘(\w+)’ (?:was not|has not been|does not name)")
# What NumPy and Python call it, and what to write here.
WORDS = {
    "np": tr("there is no np here: the functions are arma::exp, arma::log, arma::sum, ..."),
    "None": tr("broadcasting is said by each_row() or each_col(), not by None"),
    "axis": tr("the axis is a plain number: arma::sum(A, 0)"),
    "keepdims": tr("the axis is a plain number, and Armadillo always keeps it: arma::sum(A, 0) is 1 x m"),
    "len": tr("a matrix has n_rows, n_cols and n_elem, without brackets: A.n_cols"),
    "range": tr("a loop over numbers is written for (arma::uword i = 0; i < n; ++i)"),
    "print": tr('A.print("A:") prints a matrix'),
    "shape": tr("a matrix has n_rows and n_cols, without brackets"),
    "size": SIZE,
    "model": tr("this function is given no model: its arguments stand in its first line"),
    "T": tr("the transposed matrix is A.t(), with a small t and brackets"),
    "dot": tr("the matrix product is A * B; arma::dot(u, v) multiplies two vectors to a number"),
    "argmax": tr("it is called index_max: arma::index_max(A, 0), one for each column"),
    "astype": tr("another type of element: arma::conv_to<arma::vec>::from(u)"),
    "append": tr("a std::vector grows by push_back"),
    "loops": tr(
        "the loop version is no part of this exercise and not allowed in it; only learning_curves.cpp calls it, with "
        '#include "softmax_reg.hpp"'
    ),
    "lstsq": LEAST_SQUARES,
    "linalg": LEAST_SQUARES,
    "lr": HYPERPARAMETERS,
    "copy": tr("a matrix is copied by =: arma::mat B = A;"),
}
BEFORE_THE_MATRIX = ("sum", "mean", "exp", "log", "abs", "square", "sqrt", "accu", "std", "var", "sort", "cumsum")


# What a line of NumPy calls the two gradients, and a student may call them.
GRADIENTS = re.compile(r"(?:d|grad(?:ient)?s?_?(?:of_)?)(?:W|b)|grads?|gradients?", re.IGNORECASE)


def _for_name(name: str, rest: str) -> str:
    """The hint for a name that the compiler does not know; `rest` is what it says after that."""
    if name in WORDS:
        return WORDS[name]
    if name in BEFORE_THE_MATRIX:
        return tr(
            "the function stands before the matrix: arma::{name}(A), for some with an axis, arma::{name}(A, 0)",
            name=name,
        )
    if GRADIENTS.fullmatch(name):
        return tr("grad_batch returns one Gradients: a variable of that type holds both, as its members W and b")
    known = re.search(rf"‘((?:arma|lab|loops)::(?:\w+::)?{re.escape(name)})’", rest)
    if known or name in ("mat", "vec", "rowvec", "uvec", "uword"):
        return tr("the name begins with its namespace: {name}", name=known[1] if known else f"arma::{name}")
    if name in ("vector", "string", "cout", "endl"):
        return tr("the name begins with its namespace: {name}", name=f"std::{name}")
    if name in ("Batch", "create_batches"):
        return tr("the name begins with its namespace: {name}", name=f"lab::{name}")
    if any(name in exercise.functions for exercise in rubric().exercises.values()):
        return tr(
            "{name} is in another file, and each file is graded alone: take over the idea, not the call", name=name
        )
    return ""


def for_error(text: str, rest: str) -> str:
    """The hint for an error about such a name, or ""; `rest` is what the compiler says after it."""
    unknown = UNKNOWN.search(text)
    return _for_name(unknown[1] or unknown[2], text + rest) if unknown else ""
