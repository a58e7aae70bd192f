"""Shared by the tests of legality: looks at C++ given as text. Holds no test."""

import functools
import tempfile
from pathlib import Path

from grader.common.build_facts import read_build
from grader.legality.clang_setup import make_pch
from grader.legality.inspection import inspect
from grader.legality.report import FileReport
from grader.tests.support.corpus_support import build_folder

REFERENCE = Path(__file__).parents[3] / "reference"
BUILD = read_build(build_folder())
FLAGS = [*BUILD.flags, *BUILD.clang_flags, f"-I{REFERENCE}"]
CONTRACT = '#include "softmax_reg_vec.hpp"\n'
SIGNATURE = "arma::mat softmax_batch(const arma::mat& logits)"


@functools.cache
def folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="legality-")


@functools.cache
def pch() -> Path:
    out = Path(folder().name) / "contract.pch"
    make_pch(REFERENCE / "softmax_reg_vec.hpp", out, FLAGS)
    return out


def look(text: str | bytes, *functions: str, rules: str = "vectorised", use_pch: bool = True) -> FileReport:
    source = Path(folder().name) / "softmax_batch.cpp"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    return inspect(source, functions or ("softmax_batch",), rules, FLAGS, pch() if use_pch else None)


def found(report: FileReport, function: str = "softmax_batch") -> set[str]:
    return {finding.rule for finding in report.functions[function].findings}


def in_function(body: str, before: str = "", rules: str = "vectorised") -> FileReport:
    return look(f"{CONTRACT}{before}\n{SIGNATURE} {{ {body} }}\n", rules=rules)


def each_alone(cases: dict[str, str], before: str = "", rules: str = "vectorised") -> FileReport:
    """Every body in a function of its own, all in one file: so that the test also sees what spreads."""
    functions = [f"arma::mat {name}(const arma::mat& A, arma::mat B) {{\n{body}\n}}\n" for name, body in cases.items()]
    report = look(CONTRACT + before + "\n" + "".join(functions), *cases, rules=rules)
    assert not report.parse_errors, report.parse_errors
    return report
