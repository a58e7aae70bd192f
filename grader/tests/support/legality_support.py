"""Shared by the tests of legality: looks at C++ given as text. Holds no test."""

import functools
import tempfile
from collections.abc import Collection
from contextlib import chdir
from pathlib import Path
from typing import Literal

from grader.common.build_facts import Build, read_build
from grader.common.rubric import rubric
from grader.grade import headers
from grader.grade.compiling import Job, included_first, preprocess
from grader.grade.headers import CONTRACT as REFERENCE
from grader.grade.headers import HEADERS
from grader.grade.staging import Staged
from grader.legality import preprocessed
from grader.legality.inspection import inspect
from grader.legality.report import FileReport
from grader.tests.support.corpus_support import build_folder

CONTRACT = '#include "softmax_reg_vec.hpp"\n'
SIGNATURE = "arma::mat softmax_batch(const arma::mat& logits)"


@functools.cache
def folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="legality-")


@functools.cache
def lab() -> Build:
    build = read_build(build_folder())
    headers.make_headers(build)
    return build


def prepared(text: str | bytes, exercise: str = "softmax_batch") -> Job:
    """The text that the grader would compile and inspect."""
    given = Path(folder().name) / "given" / f"{exercise}.cpp"
    given.parent.mkdir(exist_ok=True)
    given.write_bytes(text if isinstance(text, bytes) else text.encode())
    job = Job(Staged(rubric().exercises[exercise], given), lab(), Path(folder().name), False)
    result = preprocess(job)
    assert result.code == 0, result.errors
    return job


def look(
    text: str | bytes,
    *functions: str,
    rules: str = "vectorised",
    precompiled: Path | None | Literal["own"] = "own",
    also: Collection[str] = (),
    exercise: str = "softmax_batch",
) -> FileReport:
    job = prepared(text, exercise)
    flags = [*headers.legality_flags(lab()), *included_first(job, str(REFERENCE / HEADERS[0]))]
    header = headers.for_legality(lab()) if precompiled == "own" else precompiled
    names, facts = functions or job.staged.exercise.functions, preprocessed.load(job.source)
    with chdir(job.folder):
        return inspect(job.source, facts, names, rules, flags, header, frozenset(also))


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
