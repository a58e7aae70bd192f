"""What the compiler says of a beginner's mistakes: the student's own line, plain types, and what to do about it.

Each mistake is compiled by the compiler and with the command of the grader; needs the built grader (LAB_BUILD)."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pytest

from grader.common.build_facts import read_build
from grader.common.rubric import rubric
from grader.explain import compiler, compiler_hints
from grader.explain.compiler import Diagnosis
from grader.grade.compiling import Job, compile_command, preprocess
from grader.grade.headers import make_headers
from grader.grade.staging import Staged
from grader.machine.limited_run import environment
from grader.tests.support.corpus_support import build_folder

FILE = "softmax_batch.cpp"
OF_MATRICES = "arma::mat f(arma::mat A, const arma::mat& B, const arma::vec& v, const arma::uvec& u) {\n"
OF_NUMBERS = OF_MATRICES.replace("arma::mat f", "double f", 1)
OF_UVECS = OF_MATRICES.replace("arma::mat f", "arma::uvec f", 1)

# The second line of a function that returns a matrix; words of the message; words of the hint.
MATRICES = [
    ("arma::mat C = A.each_row();\nreturn C;", "‘each_row()’", "are views, not matrices"),
    ("return A.each_row() - 1.0;", "‘each_row()’ and ‘double’", "leave each_row() or each_col() out"),
    ("return A.each_row() - A.each_col();", "‘each_row()’ and ‘each_col()’", "stands on the left of the operator"),
    ("return A.each_row() * arma::max(A, 0);", "‘operator*’", "% multiplies element by element"),
    ("return arma::exp(A.each_row());", "‘exp(each_row())’", "are views, not matrices"),
    ("return A.each_row - arma::max(A, 0);", "‘operator-’", "brackets are missing behind it"),
    ("return A.t * A;", "‘t()’", "brackets are missing behind it"),
    ("B -= 1.0;\nreturn B;", "‘const arma::mat’ and ‘double’", "what is const"),
    ("B.each_row() -= arma::max(B, 0);\nreturn B;", "discards qualifiers", "what is const"),
    ("B.elem(u) -= 1.0;\nreturn B;", "‘operator-=’", "what is const"),
    ("B.row(0) = B.row(0) - arma::mean(B.row(0));\nreturn B;", "‘operator=’", "what is const"),
    ("B.head_cols(2) = A;\nreturn B;", "‘operator=’", "what is const"),
    ("B.cols(u) = A;\nreturn B;", "‘operator=’", "what is const"),
    ("A.each_col() -= u;\nreturn A;", "‘each_col()’ and ‘const arma::uvec’", "arma::conv_to"),
    ("return A.each_row() / u.t();", "‘operator/’", "arma::conv_to"),
    ("A -= u;\nreturn A;", "‘operator-=’", "arma::conv_to"),
    ("B(0, 0) = 1.0;\nreturn B;", "read-only", "what is const"),
    ("return A.shape;", "‘shape’", "n_rows and n_cols"),
    ("return A.col(u);", "::col(", "take one number"),
    ("return arma::eye(3, 3)(u);", "no match for call", "a matrix that has a name"),
    ("A(u, u) = 1;\nreturn A;", "‘operator=’", ".fill(1.0)"),
    ("return A / std::max(B);", "‘max(", "arma:: stands in front"),
    ("return A.T * A;", "‘T’", "A.t(), with a small t and brackets"),
    ("return A.sum(0);", "‘sum’", "the function stands before the matrix: arma::sum(A)"),
    ("return A.dot(B);", "‘dot’", "the matrix product is A * B"),
    ("return A.max(0);", "‘arma::uword&’", "arma::max(A, 0)"),
    ("return arma::sum(A, axis=0);", "‘axis’", "the axis is a plain number"),
    ("return np.exp(A);", "‘np’", "there is no np here"),
    ("return A ** 2;", "‘*’", "arma::square(A)"),
    ("return A ^ 2;", "‘operator^’", "arma::square(A)"),
    ("mat C = A;\nreturn C;", "‘mat’", "its namespace: arma::mat"),
    ("return zeros(3, 3);", "‘zeros’", "its namespace: arma::zeros"),
    ("return std::exp(A);", "‘exp(arma::mat&)’", "arma::exp, arma::log, ... take a matrix"),
    ("return arma::each_row(A);", "‘each_row’", "Armadillo does not have this name"),
    ("arma::mat C = u;\nreturn C;", "‘const arma::uvec’ to non-scalar type ‘arma::mat’", "arma::conv_to"),
    ("arma::mat C = arma::index_max(A, 0);\nreturn C;", "an Armadillo expression to", "arma::conv_to"),
    ("return A.elem(v);", "‘arma::mat::elem(const arma::vec&)", "positions are whole numbers"),
    ("return A.elem(u + arma::regspace(0, 3));", "elem(expression)", "regspace<arma::uvec>"),
    ("std::vector<arma::uword> w(3);\nreturn A.elem(w);", "std::vector<arma::uword>", "use arma::uvec"),
    ("auto E = arma::exp(A);\nE.each_row() /= v;\nreturn E;", "an Armadillo expression", "not into an auto"),
    ("return A.rows(u).diag();", "‘diag’", "an Armadillo expression and not a matrix yet"),
    ("auto E = A.t();\nE += 1;\nreturn E;", "‘operator+=’", "not into an auto"),
    ("return arma::mat(3, 3, arma::eye);", "arma::mat::Mat(", "arma::fill::eye"),
    ("C = A;\nreturn C;", "‘C’ was not declared", "needs its type in front"),
    ("arma::mat H(3, 3);\nH.elem(u) = 1.0;\nreturn H;", "‘operator=’", ".fill(1.0)"),
    ("return arma::eye(3);", "‘eye(int)’", "two sizes"),
    ("return A.each_row() / arma::accu(A);", "‘each_row()’ and ‘double’", "leave each_row() or each_col() out"),
    ("return arma::dot(A, B);", "‘double’ to ‘arma::mat’", "this is one number, not a matrix"),
    ("arma::rowvec r = arma::accu(A);\nreturn r;", "‘double’ to non-scalar", "this is one number, not a matrix"),
    ("return A + arma::log(arma::accu(A));", "‘log(double)’", "and this is one number"),
    ("arma::uvec p = A.index_max();\nreturn A;", "‘arma::uword’", "this is one number"),
    ("arma::uvec p = A.index_max(0);\nreturn A;", "index_max(int)’", "takes no axis: arma::index_max(A, 0)"),
    ("arma::uvec p = arma::max(A, 0).t();\nreturn A;", "to non-scalar type ‘arma::uvec’", "index_max"),
    ("vector<double> h;\nreturn A;", "‘vector’ was not declared", "std::vector"),
    ("return model.W;", "‘model’ was not declared", "is given no model"),
    ("return std::max(A, 0);", "‘max(arma::mat&, int)’", "arma:: stands in front"),
    ("return u.size;", "‘arma::umat::size’", "n_elem"),
    ("return arma::lstsq(A, B);", "‘lstsq’", "LAPACK solves"),
    ("loss = 0.0;\nreturn A;", "‘loss’ was not declared", "or double"),
    ("return lstsq(A, B);", "‘lstsq’", "LAPACK solves"),
    ("B.t();\nreturn lr * A;", "‘lr’", "hp.learning_rate"),
    ("return arma::linalg::lstsq(A, B);", "‘arma::linalg’", "LAPACK solves"),
    ("return A.elem(arma::linspace_int(0, 3));", "‘linspace_int’", "Armadillo does not have this name"),
    ("return A[u, arma::regspace<arma::uvec>(0, 3)];", "‘operator[]’", "[] takes no list of indices"),
    ("return A[u];", "‘operator[]’", "[] takes no list of indices"),
    ("return arma::mat(3, 3, arma::fill::eye)[u];", "‘operator[]’", "[] takes no list of indices"),
    ("return loops::softmax(A.col(0));", "‘loops’", "no part of this exercise"),
]
NUMBERS = [
    ("double c = arma::max(A);\nreturn c;", "‘double’", "A.max()"),
    ("return A.t() * B;", "an Armadillo expression to ‘double’", "arma::as_scalar"),
    ("double s = arma::sum(arma::log(A), 0);\nreturn s;", "to ‘double’ in initialization", "arma::accu sums"),
    ("return B;", "‘const arma::mat’ to ‘double’", "arma::accu sums"),
    ("if (A == B) return 1.0;\nreturn 0.0;", "an Armadillo expression to ‘bool’", "a matrix of 0 and 1"),
    ("arma::rowvec r = A.max();\nreturn r(0);", "‘double’ to non-scalar type ‘arma::rowvec’", "arma::max(A, 0)"),
    ("return arma::mean(arma::conv_to<arma::vec>(u == u));", "conv_to(expression)", "the call has a from"),
    ("return len(A);", "‘len’", "n_rows, n_cols"),
    ("Gradients g = A, B;\nreturn g.W(0);", "‘Gradients’", ""),
    ("arma::mat g = grad_batch(A, B, u);\nreturn g(0);", "‘Gradients’ to non-scalar", "its members W and b"),
    ("Model m;\nm -= 0.1 * grad_batch(A, B, u);\nreturn 0;", "‘double’ and ‘Gradients’", "each of its members"),
    ("Hyperparameters hp;\nreturn hp.lr;", "‘lr’", "learning_rate, batch_size"),
    ("const Hyperparameters hp{};\nreturn hp.lr;", "‘lr’", "learning_rate, batch_size"),
    ("Gradients g;\nreturn g.grad_W(0);", "‘grad_W’", "its members"),
    ("Model m;\nreturn m.weights(0);", "‘weights’", "softmax_reg_vec.hpp"),
    ("grad_W, grad_b = grad_batch(A, B, u);\nreturn 0;", "‘grad_W’", "its members W and b"),
    ("arma::mat grad_W, grad_b = grad_batch(A, B, u);\nreturn 0;", "‘Gradients’", "its members W and b"),
    ("return accuracy(u, u);", "‘accuracy’", "is in another file"),
    ("for (const Batch& b : create_batches(A, 64)) {}\nreturn 0;", "‘Batch’", "lab::Batch"),
    ("std::vector<EpochStats> h;\nh.append({1, 2, 3});\nreturn 0;", "‘append’", "push_back"),
    ("std::vector<EpochStats> h;\nh.push_back(1.0, 2.0, 3.0);\nreturn 0;", "push_back", "three numbers in braces"),
]
UVECS = [
    ("arma::uvec p = v;\nreturn p;", "‘arma::vec’ to non-scalar type ‘arma::uvec’", "doubles do not become whole"),
    ("arma::ivec p = u;\nreturn p;", "‘arma::uvec’", "arma::uvec, not arma::ivec"),
    ("std::vector<int> p = arma::index_max(A, 0);\nreturn p;", "std::vector<int>", "use arma::uvec"),
]
# Of these one spoils the rest of its file.
SYNTAX = [
    ("# a comment\nreturn A;", "preprocessing directive", "begins with //"),
    ("return A;\n}", "before ‘}’", "one closing brace too many"),
    ("return A \\ B;", "‘\\’", "does not know this character"),
    ("return A[:, 1];", "‘:’", "A.col(j)"),
    ("return A(:, 1);", "‘:’", "A.col(j)"),
    ("return A[None, 1];", "‘None’", "each_row() or each_col()"),
    ("return A @ B;", "‘@’", "the matrix product is *"),
    ("arma::mat C = arma::exp(A)\nreturn C;", "expected ‘,’ or ‘;’", "a semicolon is missing"),
    ("return arma::exp(A)", "expected ‘;’", "a semicolon is missing"),
    ("return arma::exp(A); - B);", "expected ‘;’ before ‘)’", "a semicolon further up"),
    ("return arma::exp(A - B;", "expected ‘)’", "or at the end of the line before"),
    ("arma::mat C = arma::exp(A +);\nreturn C;", "expected primary-expression", "the line before as well"),
    ("arma::mat C = arma::exp(A) +\nreturn C;", "before ‘return’", "the line before as well"),
    ("return A[:, u];", "‘:’", "A.cols(idx)"),
    ("for i in range(10):\nreturn A;", "expected ‘(’", "this is Python"),
]
WHOLE_FILES = [
    ("Gradients f(const arma::mat& A) {\nreturn A, A;\n}", "to ‘Gradients’", "in braces, W first"),
    ("void softmax_batch(const arma::mat& A) {\nA.n_rows;\n}", "ambiguating new declaration", "the return type"),
    ("arma::mat f(const arma::mat& A) {\nreturn A;\n", "expected ‘}’", "each function ends with its own }"),
    ("double f() {\nif (true) {\nreturn 1;\n}\ndouble g() { return 2; }\n", "not allowed here", "a brace"),
    ("Gradients f(const arma::mat& A) {\nreturn {A, A.col(0);\n}", "expected ‘}’", "a brace"),
    ("arma::mat f(arma::mat A);\n{ return A; }\n", "expected unqualified-id", "take it away"),
    ("def f(A):\nreturn A\n", "‘def’", "this is Python"),
    ('#include "reference/softmax_reg_vec.hpp"\n', "No such file", 'a folder: #include "softmax_reg_vec.hpp"'),
    ('#include "..\\lab\\reference\\vec_exos.hpp"\n', "No such file", 'a folder: #include "vec_exos.hpp"'),
    ('#include "reference/vec_helpers.hpp"\n', "No such file", "no header of this name"),
]
TOGETHER = [
    *((OF_MATRICES + body + "\n}", *words) for body, *words in MATRICES),
    *((OF_NUMBERS + body + "\n}", *words) for body, *words in NUMBERS),
    *((OF_UVECS + body + "\n}", *words) for body, *words in UVECS),
]
ALONE = [*((OF_MATRICES + body + "\n}", *words) for body, *words in SYNTAX), *WHOLE_FILES]


def ids(cases: list[tuple[str, str, str]]) -> list[str]:
    return [code.splitlines()[-1 if code.startswith("#") else 1] for code, _, _ in cases]


def compile_here(code: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    lab = read_build(build_folder())
    make_headers(lab)
    (folder / FILE).write_text(f'#include "softmax_reg_vec.hpp"\n{code}\n')
    (folder / "job").mkdir()
    job = Job(Staged(rubric().exercises["softmax_batch"], folder / FILE), lab, folder / "job", shut_in=False)
    read = preprocess(job)
    if read.code != 0:
        return subprocess.CompletedProcess([], read.code, "", read.errors)
    job.made.parent.mkdir()
    command = compile_command(job, lab.folder / "pch")
    return subprocess.run(
        [*command, *more], cwd=job.folder, env=environment(command[0]), capture_output=True, text=True
    )


def check(output: str, says: str, hints: str) -> None:
    found = compiler.first_error(output, FILE)
    unknown = found.hint in (compiler_hints.ALONE, compiler_hints.NOT_KNOWN)
    assert says in found.message and hints in found.hint and bool(hints) != unknown, (found, output[:2000])
    assert found.message.startswith(f"{FILE}:") and len(found.message) < 200


@pytest.fixture(scope="module")
def of_all(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the compiler says of each mistake, from the first error in its lines on. One file takes a second, and they
    are many."""
    code = "\n".join(code.replace(" f(", f" f{i}(", 1) for i, (code, _, _) in enumerate(TOGETHER))
    output = compile_here(code, tmp_path_factory.mktemp("together"), "-fmax-errors=0").stderr
    result = {}
    first = 2
    for code, _, _ in TOGETHER:
        numbers = "|".join(str(first + i) for i in range(code.count("\n") + 1))
        error = re.search(rf"^{FILE}:({numbers}):\d+: error: ", output, re.MULTILINE)
        result[code] = output[error.start() :] if error else ""
        first += code.count("\n") + 1
    return result


@pytest.mark.parametrize(("code", "says", "hints"), TOGETHER, ids=ids(TOGETHER))
def test_a_mistake_is_translated(code: str, says: str, hints: str, of_all: dict[str, str]) -> None:
    check(of_all[code], says, hints)


@pytest.mark.parametrize(("code", "says", "hints"), ALONE, ids=ids(ALONE))
def test_an_error_of_syntax_is_translated(code: str, says: str, hints: str, tmp_path: Path) -> None:
    done = compile_here(code, tmp_path)
    assert done.returncode != 0
    check(done.stderr, says, hints)


def test_an_error_in_a_header_is_shown_at_the_line_that_led_there(tmp_path: Path) -> None:
    code = "#include <type_traits>\ntemplate <class T> T g() { static_assert(std::is_same_v<T, int>); return 1; }\n"
    header = tmp_path / "header.hpp"
    header.write_text(code)
    done = compile_here(f'#include "{header}"\n\n\ndouble f() {{ return g<double>(); }}', tmp_path)
    assert compiler.first_error(done.stderr, FILE).message.startswith(f"{FILE}:5: static assertion failed")


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("A += 1;\n", "without a return: give back the result"),
        ("if (A.is_empty()) return A;\n", "without a return: give back the result"),
        ("return A * A[0, 1];\n", "line 3: A[i, j] means A[j]"),
        ("double loss;\nloss += A(0);\nreturn A * loss;\n", "loss is used before it has a value"),
        ("return A;\n", ""),
    ],
)
def test_a_mistake_that_compiles_is_known(body: str, hint: str, tmp_path: Path) -> None:
    done = compile_here(OF_MATRICES + body + "}", tmp_path)
    assert done.returncode == 0, done.stderr
    found = compiler.warnings(done.stderr)
    assert list(found) == (["f"] if hint else []) and hint in found.get("f", ""), done.stderr


def test_one_error_is_not_called_the_first_of_several() -> None:
    one, other = (f"{FILE}:{line}:4: error: nobody has seen this before\n" for line in (3, 4))
    assert compiler.first_error(one, FILE).hint == compiler_hints.ALONE
    assert compiler.first_error(one + other, FILE).hint == compiler_hints.NOT_KNOWN


def test_a_name_without_an_end_is_read_in_no_time() -> None:
    begin = time.monotonic()
    name = "a" * 60_000
    warning = f"{FILE}: In function ‘{name}’:\n{FILE}:3:4: warning: ‘{name}’ is used [-Wuninitialized]"
    assert compiler.warnings(warning) == {}
    compiler.first_error(f"{FILE}:3:4: error: ‘{name}’ was not declared in this scope; did you mean ‘{name}’?", FILE)
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize("output", ["", "\n\n", "Killed", "c++: fatal error: no input files", "took longer than 120 s"])
def test_a_compiler_that_says_something_else_is_quoted(output: str) -> None:
    assert isinstance(compiler.first_error(output, FILE), Diagnosis)
    assert compiler.first_error(output, FILE).message
