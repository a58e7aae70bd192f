"""Honest styles that the list of what is allowed must know: what a student finds in Armadillo's documentation, and how
people write C++ who come from NumPy, from MATLAB or from another lab. None may be refused."""

import re

import pytest

from grader.common.build_facts import ROOT
from grader.legality import allow_list
from grader.tests.support.legality_support import each_alone

BEFORE = """
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>
using arma::span;
namespace {
constexpr double tiny = std::numeric_limits<double>::epsilon();
const arma::uword first_axis = 0;
template <typename T> auto centred(const T& A) -> arma::mat { return A.each_row() - arma::mean(A, 0); }
template <typename T> T scaled(const T& A, double by) { return arma::exp(A) * by; }
template <typename V> arma::uword longest(const V& v) { return std::max(v.n_elem, arma::uword{1}); }
std::pair<arma::mat, arma::rowvec> shifted(const arma::mat& A) { return {A, arma::max(A, 0)}; }
void print_shape(const arma::mat& A, const std::string& name) { std::cout << name << ": " << arma::size(A) << '\\n'; }
inline arma::mat rows_of(const arma::mat& A, const arma::uvec& which) { return A.rows(which); }
}
"""

STYLES = {
    "kron": "return arma::kron(A, arma::ones<arma::mat>(2, 1));",
    "kron_of_ones": "return A - arma::kron(arma::ones(A.n_rows, 1), arma::max(A, 0));",
    "trace": "return B * arma::trace(A.t() * A);",
    "vectorise": "return arma::reshape(arma::vectorise(A), A.n_rows, A.n_cols);",
    "reshape_in_place": "B.reshape(A.n_cols, A.n_rows); return B.t();",
    "joins": "return arma::join_cols(arma::join_rows(A, B), arma::join_horiz(B, A));",
    "vertical": "return arma::join_vert(A, arma::rowvec(A.n_cols, arma::fill::zeros));",
    "sparse_one_hot": "arma::sp_mat S(A.n_rows, A.n_cols); S(0, 0) = 1; return arma::mat(S) + arma::mat(S.t() * A).eval();",
    "sparse_identity": "return arma::mat(arma::speye<arma::sp_mat>(A.n_rows, A.n_rows) * A);",
    "conversion": "return A * arma::mean(arma::conv_to<arma::vec>::from(arma::find(A > 0)));",
    "to_std_vector": "const auto v = arma::conv_to<std::vector<double>>::from(A.col(0)); return A * v.at(0) + v.size();",
    "from_std_vector": "std::vector<double> v{1, 2, 3}; v.push_back(4); return A * arma::vec(v).max();",
    "as_scalar": "return B * arma::as_scalar(A.row(0) * A.row(0).t());",
    "evaluated": "return (A.t() * A).eval() + arma::exp(A).eval();",
    "printed": 'A.print("A ="); A.brief_print(); A.raw_print(std::cout, "raw"); return A;',
    "shape_printed": 'print_shape(A, "A"); return A;',
    "streams": "std::cout << std::fixed << std::setprecision(3) << A << std::endl; std::cerr << std::setw(4) << 1; return A;",
    "printf": 'std::printf("%g %s\\n", A(0, 0), "x"); std::fprintf(stderr, "x"); return A;',
    "bindings": "const auto [M, most] = shifted(A); return M.each_row() - most;",
    "tie": "arma::mat M; arma::rowvec most; std::tie(M, most) = shifted(A); return M.each_row() - most;",
    "tuple": "auto t = std::make_tuple(arma::mat(A), 2.0); return std::get<0>(t) * std::get<1>(t);",
    "moved": "arma::mat M = std::move(B); return std::move(M);",
    "swapped": "arma::mat M = A; M.swap(B); std::swap(M, B); return B;",
    "templates": "return centred(A) + scaled(A, 2.0) * longest(A.col(0));",
    "helper_of_rows": "return rows_of(A, {0, 1});",
    "spans": "return A(span::all, span(0, 1)) + A(span(), arma::span(1, 2)) + A.submat(0, 0, 1, 1);",
    "heads": "return A.head_rows(2) + A.tail_cols(2) + A.head_cols(1) * A.tail_rows(1) + A.cols(0, 1) + A.rows(0, 1);",
    "elements": "return A * A.at(0, 0) + A(1, 1) + A[0] + A.front() + A.back() + A.col(0)(1);",
    "comparisons": "const arma::umat M = (A > 0) && (A <= 1); return A % M + arma::conv_to<arma::mat>::from(A != B);",
    "found": "B.elem(arma::find(A < tiny)).fill(tiny); B(arma::find_nonfinite(B)).zeros(); return B;",
    "sub2ind": "return A.elem(arma::sub2ind(arma::size(A), arma::join_cols(arma::urowvec{0, 1}, arma::urowvec{1, 0})));",
    "regspace": "return A.cols(arma::regspace<arma::uvec>(0, 2, A.n_cols - 1)) * arma::linspace(0, 1, 3);",
    "diagonal": "B.diag() += tiny; B.diag().ones(); return arma::diagmat(arma::sum(A, 0)) * B + arma::diagvec(B).t();",
    "one_hot": "arma::mat I = arma::eye<arma::mat>(3, 3); return I.cols(arma::uvec{0, 1}) + arma::mat(3, 2).eye();",
    "filled": "arma::mat M(arma::size(A), arma::fill::value(tiny)); M.fill(arma::datum::eps); return M * arma::datum::pi;",
    "initialised": "arma::mat M = {{1, 2}, {3, 4}}; arma::vec v{1, 2}; M.insert_cols(1, v); M.shed_row(0); return M;",
    "sized": "arma::mat M; M.set_size(2, 3); M.zeros(2, 3); M.copy_size(A); M.resize(2, 2); return M.ones();",
    "fixed_sizes": "arma::mat::fixed<2, 2> M; arma::vec::fixed<2> v; return M.zeros() * v.ones();",
    "statistics": "return arma::mean(A) + arma::median(A) + arma::var(A, 0, 0) + arma::stddev(A) + arma::range(A);",
    "covariance": "return arma::cov(A) + arma::cor(A, B);",
    "cumulated": "return arma::cumsum(A, 1) + arma::cumprod(A) + arma::diff(A) + arma::prod(A) + arma::trapz(A);",
    "sorted": 'return arma::sort(A, "descend", 1) + A.cols(arma::sort_index(A.row(0))) + arma::unique(A);',
    "flipped": "return arma::fliplr(A) + arma::flipud(A) + arma::reverse(A) + arma::shift(A, 1);",
    "tested": "return A.is_square() && arma::any(arma::vectorise(A)) && arma::all(A.col(0)) && A.has_nan() ? A : B;",
    "where": 'return arma::approx_equal(A, B, "absdiff", 1e-9) ? B.replace(arma::datum::nan, 0) : B.clean(tiny);',
    "norms": "return A / arma::norm(A) + arma::normalise(A, 1, 0) * arma::dot(A, B) + arma::cross(A, B);",
    "algebra": "return arma::inv(A) + arma::pinv(A) + arma::solve(A, B, arma::solve_opts::fast) + A.i() * arma::det(A);",
    "svd": "arma::mat U, V; arma::vec s; arma::svd_econ(U, s, V, A); return U * arma::diagmat(s) * V.t();",
    "qr": "arma::mat Q, R; arma::qr_econ(Q, R, A); return arma::solve(arma::trimatu(R), Q.t() * B);",
    "eigen": "arma::vec values; arma::mat vectors; arma::eig_sym(values, vectors, A * A.t()); return vectors;",
    "cholesky": "return arma::solve(arma::chol(A.t() * A), B) + arma::null(A) + arma::orth(A) * arma::rank(A);",
    "functions": "return arma::log1p(arma::pow(A, 2)) + arma::sqrt(A) + arma::trunc_exp(A) + arma::trunc_log(A) + arma::abs(A);",
    "rounded": "return arma::round(A) + arma::floor(A) + arma::sign(A) + arma::clamp(A, 0, 1) + arma::hypot(A, B);",
    "cube": "arma::cube C(2, 3, 4, arma::fill::randu); return C.slice(0) + arma::mat(C.tube(0, 0)) * C.n_slices;",
    "field": "arma::field<arma::mat> F(2); F(0) = A; return F(0) + F.n_elem;",
    "random": "return A + arma::randn(arma::size(A)) + arma::randu<arma::mat>(2, 2) * arma::randi(arma::distr_param(0, 1));",
    "complex": "return arma::real(arma::cx_mat(A, B)) + arma::abs(arma::fft(A));",
    "floats": "return arma::conv_to<arma::mat>::from(arma::conv_to<arma::fmat>::from(A));",
    "view": "return arma::mat(const_cast<double*>(A.memptr()), A.n_rows, A.n_cols, false, true) + A.unsafe_col(0)(0);",
    "rows_by_iterator": "return A * *A.begin() + *A.begin_col(0) + *std::begin(A);",
    "each_copy": "return A.each_col() % arma::sum(A, 1) + A.each_row() / arma::sum(A, 0);",
    "each_chosen": "B.each_col(arma::uvec{0}) -= A.col(0); B.each_row() %= A.row(0); return B;",
    "repelem": "return arma::repelem(A, 1, 2) + arma::repmat(A.row(0), A.n_rows, 1);",
    "scalars": "return A * std::max({1.0, 2.0}) * std::clamp(1.0, tiny, 2.0) * std::hypot(3, 4) + std::lround(2.5);",
    "casts": "return A / static_cast<double>(A.n_cols) + (double)A.n_rows + double(2) + int{3};",
    "limits": "return A - std::numeric_limits<double>::infinity() + std::numeric_limits<double>::lowest();",
    "arrays": "const std::array<double, 2> v{1, 2}; const double w[] = {1, 2}; return A * v[0] * w[1] + v.size();",
    "optional": "std::optional<arma::mat> M; M = A; return M.value_or(B);",
    "strings": 'std::string s = "a" + std::to_string(2); s += "b"; return A * s.size();',
    "errors": 'if (A.is_empty()) throw std::runtime_error("empty: " + std::to_string(A.n_elem)); return A;',
    "caught": "try { return arma::inv(A); } catch (const std::exception& e) { std::cerr << e.what(); return B; }",
    "asserted": 'assert(A.n_rows == B.n_rows && "rows"); static_assert(sizeof(double) == 8); return A;',
    "references": "const arma::mat& M = A; arma::mat& N = B; auto& O = N; const auto n = A.n_cols; return M * n + O;",
    "aliases": "using M = arma::mat; namespace ar = arma; return M(ar::exp(A)) + ar::datum::inf * ar::accu(A);",
    "typedefs": "typedef arma::Mat<double> matrix; arma::Col<double> v(2); arma::Row<double> r(2); return matrix(v * r);",
    "initialiser_if": "if (const arma::uword n = A.n_cols; n > 1) return A; return B;",
    "switched": "switch (A.n_rows) { case 1: return A; default: return B; }",
    "conditional": "return A.n_cols > 1 ? A : arma::mat(A.n_rows, 1, arma::fill::zeros);",
    "timed": "arma::wall_clock clock; clock.tic(); std::cout << clock.toc(); return A;",
    "imported": "using namespace arma; using namespace std; mat E = exp(A.each_row() - max(A)); return E.each_row() / sum(E);",
    "declared_here": "using arma::exp; using arma::sum; arma::mat E = exp(A); return E.each_row() / sum(E, first_axis);",
    "numpy_habits": "const auto m = A.n_cols, p = A.n_rows; return A / m - arma::sum(A, 1) * arma::ones(1, m) / p;",
    "histogram": "return arma::conv_to<arma::mat>::from(arma::hist(A.col(0), 10)) + arma::histc(A, arma::linspace(0, 1, 3));",
    "interpolated": "return arma::polyval(arma::polyfit(A.col(0), B.col(0), 1), A.col(1));",
    "triangles": "return arma::trimatu(A) + arma::trimatl(A) + arma::symmatu(A) + arma::toeplitz(A.col(0));",
    "columns_as_vectors": "return A.as_col() * A.as_row() + arma::nonzeros(A) * A.n_elem;",
    "removed": "B.shed_cols(0, 1); B.swap_rows(0, 1); B.swap_cols(0, 1); B.insert_rows(0, 1); return B;",
}


@pytest.fixture(scope="module")
def report():
    return each_alone(STYLES, BEFORE)


@pytest.mark.parametrize("name", STYLES)
def test_honest_style_is_allowed(report, name):
    findings = [f"{f.rule}: {f.message}" for f in report.functions[name].findings if f.rule != "statements"]
    assert findings == []


HANDOUTS = [ROOT / "handout.md", ROOT / "handout.fr.md"]


@pytest.mark.parametrize("handout", HANDOUTS, ids=lambda file: file.name)
def test_what_the_handout_teaches_is_allowed(handout):
    """Every name in the column Armadillo of the table From NumPy to Armadillo."""
    rows = [line.split("|")[3] for line in handout.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [cell for cell in rows if "arma::" in cell or re.search(r"`\w+\.\w+\(", cell)]
    functions = {name for cell in cells for name in re.findall(r"arma::([a-z]\w*)\(", cell)}
    members = {name for cell in cells for name in re.findall(r"[A-Za-z]\.([a-z]\w*)\(", cell)}
    assert len(functions) > 10 and len(members) > 8
    assert [name for name in functions if not allow_list.lists("armadillo", "functions", name) and name != "mat"] == []
    assert [name for name in members if not allow_list.lists("armadillo", "members", name)] == []
