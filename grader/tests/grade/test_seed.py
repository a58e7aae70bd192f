"""What a seed decides: the inputs of the values, and nothing of what is timed.

Run by pytest (`make test`); needs the built grader. A submission could search 2^32 seeds within one call, and know the
inputs of every later one."""

from __future__ import annotations

import re
from dataclasses import replace
import pytest

from grader.common.build_facts import read_build
from grader.grade import loop_ratio
from grader.grade.grade import seed_of
from grader.grade.judging import Judge
from grader.machine.blas import choose
from grader.maintenance.reliability.contestants import compile_object
from grader.tests.support.corpus_support import SOLUTIONS, build_folder

TELLS = """#include "softmax_reg_vec.hpp"
#include <iostream>
double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec&) {
    std::cout.precision(17);
    std::cout << "input " << W(0) << ' ' << labels(0) << labels(1) << labels(2) << labels(labels.n_elem - 1) << std::endl;
    return arma::accu(images) >= 0 ? 0.5 : 0;
}
"""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    lab, folder = read_build(build_folder()), tmp_path_factory.mktemp("seed")
    (folder / "evaluate.cpp").write_text(TELLS)
    (folder / "objects").mkdir()
    compile_object(lab, folder / "evaluate.cpp", folder / "objects" / "evaluate.so")
    return Judge(lab, folder, 7, choose(lab), launcher=[])


def inputs(judge: Judge, stage: str) -> list[str]:
    """What the function was called with, in their order."""
    printed = judge.out / "output" / "evaluate.txt"
    printed.unlink(missing_ok=True)
    judge.run(["evaluate"], stage)
    return re.findall(r"input (.*)", printed.read_text())


def test_the_same_seed_draws_the_same_values(judge: Judge) -> None:
    first = inputs(judge, "parity")
    assert first and inputs(judge, "parity") == first
    assert inputs(replace(judge, seed=8), "parity") != first


def test_no_seed_tells_what_is_timed(judge: Judge) -> None:
    timed = replace(judge, loop_ratios=loop_ratio.ratios(judge))
    first, second = inputs(timed, "speed"), inputs(timed, "speed")
    assert len(first) > 10 and len(set(first)) == len(first)
    assert not set(first) & set(second)


def test_a_seed_has_64_bits() -> None:
    assert max(seed_of("") for _ in range(50)) > 2**57
    assert seed_of("18446744073709551615") == 2**64 - 1


@pytest.mark.skipif(not SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")
def test_a_seed_of_64_bits_goes_through(judge: Judge) -> None:
    assert inputs(replace(judge, seed=2**64 - 1), "parity")
