"""Armadillo's exceptions, translated: each is thrown by the Armadillo of this system, since versions differ in words."""

from __future__ import annotations

import subprocess

import pytest

from grader.common.build_facts import read_build
from grader.explain.armadillo import for_exception
from grader.tests.support.corpus_support import build_folder

# What throws, with A 3 x 4, B 3 x 5, a column v of 3, a row r of 4; and words of the hint.
CASES = {
    "arma::mat(A * A)": "two matrices of one shape: is it %, element by element?",
    "arma::mat(A * B)": "the first factor needs .t(): 4x3 times 3x5 fits and gives 4x5; if the contract wants 5x4,",
    "arma::mat(A * arma::mat(5, 4))": "the second factor needs .t(): 3x4 times 4x5 fits and gives 3x5; if the contract wants 5x3,",
    "arma::mat(A * arma::mat(2, 3))": "the other order give 2x4, and in this order, each with .t(), they give 4x2",
    "arma::mat(A * arma::mat(7, 2))": "the inner two numbers",
    "arma::mat(A + B)": "two matrices of one shape only",
    "arma::mat(A - v)": "A.each_col() + c; if a number for each column was meant",
    "A += r": "A.each_row() + r; if a number for each row was meant",
    "arma::vec(v + arma::vec(4))": "regspace includes its end",
    "arma::rowvec(r + arma::rowvec(3))": "one is too long by one",
    "arma::vec(v + arma::vec(9))": "two vectors of different lengths",
    "arma::vec(v + arma::vec(1))": "a matrix of 1 x 1, and that is no number",
    "arma::mat(A + arma::rowvec(9))": "nothing broadcasts by itself: each_row() or each_col()",
    "arma::mat(A / A.t())": "it needs .t()",
    "arma::umat(arma::index_max(A, 0) == arma::uvec{1, 2, 3, 4})": "it needs .t()",
    "arma::mat(A % arma::mat(4, 5))": "the matrix product, in which these two fit, is *",
    "A.col(0) = arma::vec(9)": "the part on the left of = is 3x1, what you put into it is 9x1",
    "arma::mat(A.each_row() - v)": "takes a row and this is a column: use each_col()",
    "A.each_col() -= r": "takes a column and this is a row: use each_row()",
    "arma::mat(A.each_row() - arma::rowvec(3))": "goes with 1x4 here",
    "arma::vec(arma::sum(A, 0))": ".t() makes a column of a row",
    "arma::uvec(arma::index_max(A, 0))": "0 gives one number a column",
    "arma::rowvec(arma::sum(A, 1))": ".t() makes a row of a column",
    "arma::mat(arma::uword(-1), arma::uword(-1))": "do not go below 0",
    "arma::vec(A.elem(arma::uvec{99}))": "positions for elem()",
    "arma::vec(A.elem(arma::umat(2, 2)))": "one vector of positions",
    "A.elem(arma::uvec{1, 2}) -= arma::vec(3)": "as many numbers as there are positions",
    "A(9, 9)": "an index lies outside",
    "arma::mat(A.cols(arma::uvec{7}))": "an index lies outside",
    "arma::mat(A.cols(2, 9))": "the last is included",
    "arma::vec(A.col(9))": "count from 0",
    "arma::as_scalar(A)": "arma::accu sums",
    "arma::as_scalar(A.t() * B)": "does a factor need .t()?",
    "arma::conv_to<double>::from(A)": "arma::accu sums",
    "arma::conv_to<arma::vec>::from(A)": "does not become a vector",
    "arma::dot(v, r)": "two vectors of the same length",
    "arma::mat(arma::solve(A, arma::mat(7, 2)))": "a row for each equation",
    "arma::mat(arma::inv(A))": "arma::solve",
    "arma::mat(arma::inv(arma::mat(3, 3, arma::fill::ones)))": "arma::solve",
    "arma::mat(arma::sum(A, 2))": "the axis is 0",
    "arma::mat(arma::join_rows(A, arma::mat(7, 7)))": "join_rows puts",
    "arma::vec().index_max()": "never filled",
    "std::vector<int>().at(3)": "an index lies outside",
    'throw std::runtime_error("mine")': "",
}
PROGRAM = """#include <armadillo>
#include <iostream>
int main() {{
    arma::mat A(3, 4, arma::fill::randu), B(3, 5, arma::fill::randu);
    arma::vec v(3, arma::fill::randu);
    arma::rowvec r(4, arma::fill::randu);
{}}}
"""
CALL = """    try {{
        {};
        std::cout << "(none)";
    }} catch (const std::exception& e) {{ std::cout << e.what(); }}
    std::cout << std::endl;
"""


@pytest.fixture(scope="module")
def thrown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each case throws."""
    folder = tmp_path_factory.mktemp("exceptions")
    (folder / "throws.cpp").write_text(PROGRAM.format("".join(CALL.format(case) for case in CASES)))
    build = read_build(build_folder())
    command = [build.compiler, *build.flags, "-w", "throws.cpp", "-o", "throws", *build.libraries]
    subprocess.run(command, cwd=folder, check=True)
    done = subprocess.run([folder / "throws"], capture_output=True, text=True, check=True)
    return dict(zip(CASES, done.stdout.splitlines(), strict=True))


@pytest.mark.parametrize("case", CASES)
def test_an_exception_becomes_an_action(case: str, thrown: dict[str, str]) -> None:
    assert thrown[case] != "(none)"
    found = for_exception(f"softmax_batch(logits 3 x 4): threw an exception: {thrown[case]}")
    assert CASES[case] in found and bool(CASES[case]) == bool(found), thrown[case]


@pytest.mark.parametrize("end", ["crashed (segmentation fault): memory outside of a matrix", "aborted: an assertion"])
def test_a_vector_that_is_written_past_its_end_is_guessed(end: str) -> None:
    assert "push_back" in for_exception(f"train_with_validation(60 images): {end}")
    assert for_exception(f"softmax_batch(logits 3 x 4): {end}") == ""


def test_a_wrong_axis_of_the_gradient_of_b_is_about_b(thrown: dict[str, str]) -> None:
    layout = thrown["arma::vec(arma::sum(A, 0))"]
    assert "this is about b" in for_exception(f"grad_batch(images 7 x 4): threw an exception: {layout}")
