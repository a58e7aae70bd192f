"""What breaks a rule inside a function, and what does not: tables of bodies, each the body of a function of its own in
one file, so that a finding which spreads to a neighbour shows."""

import pytest

from grader.tests.support.legality_support import each_alone, found

HELPERS = """
#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <memory>
#include <numeric>
#define REPEAT(n, what) for (int k = 0; k < n; ++k) what
namespace {
constexpr double tiny = 1e-12;
const double least = std::log(tiny);
double memory = 0;
inline double plus_one(double x) { return x + 1; }
auto shifted(const arma::mat& M) -> arma::mat { return M - M.max(); }
auto turned(const arma::mat& M) { return M.t(); }
auto dangling(const arma::mat& M) { return M * M + 1; }
arma::mat looping(arma::mat M) { for (double& x : M) x += 1; return M; }
arma::mat calls_looping(const arma::mat& M) { return looping(M); }
double remembers() { static double last = 0; return last += 1; }
double uses_memory() { return memory += 1; }
template <class T> T twice(const T& x) { return x + x; }
template <class T> void each(T& x) { x.for_each([](double& e) { e += 1; }); }
template <class... T> double sum(T... x) { return (x + ...); }
double even(double x);
double odd(double x) { return x < 1 ? 0 : even(x - 1); }
double even(double x) { return x < 1 ? 1 : odd(x - 1); }
arma::mat with_default(const arma::mat& A, int n = [] { for (;;) {} return 1; }());
arma::mat with_default(const arma::mat& A, int n) { return A * n; }
}
"""

CLASSES = """
namespace {
struct Pair { arma::mat first; double second = 0; };
struct Functor { double operator()(double x) const { return x + 1; } };
struct Outside { arma::mat M; explicit Outside(const arma::mat& A); };
Outside::Outside(const arma::mat& A) : M(A) { for (double& x : M) x += 1; }
template <int N> double count(double x) { if constexpr (N == 0) return x; else return count<N - 1>(x) + 1; }
template <int N> double special(double x) { return special<N - 1>(x) + 1; }
template <> double special<0>(double x) { return x; }
enum class Kind { one };
double operator+(Kind) { for (;;) {} }
double operator""_loop(unsigned long long) { for (;;) {} }
struct Counter { static double calls; static inline double more = 0; };
double Counter::calls = 0;
template <int N> double kept = 0;
struct Looped { arma::mat M; arma::mat N = looping(M); };
}
"""

BROKEN = {
    "loop_for": ("for (double& x : B) x += 1; return B;", "loop"),
    "loop_while": ("while (B(0) > 1) B -= 1; return B;", "loop"),
    "loop_do": ("do B -= 1; while (B(0) > 1); return B;", "loop"),
    "loop_goto": ("again: B -= 1; if (B(0) > 1) goto again; return B;", "loop"),
    "loop_macro": ("REPEAT(3, B += 1); return B;", "loop"),
    "loop_std_for_each": ("std::for_each(B.begin(), B.end(), plus_one); return B;", "loop"),
    "loop_std_transform": ("std::transform(A.begin(), A.end(), B.begin(), plus_one); return B;", "loop"),
    "loop_accumulate": ("return B / std::accumulate(A.begin(), A.end(), 0.0);", "loop"),
    "loop_inner_product": ("return B / std::inner_product(A.begin(), A.end(), A.begin(), 0.0);", "loop"),
    "loop_generate": ("std::generate(B.begin(), B.end(), remembers); return B;", "loop"),
    "loop_reduce": ("return B / std::reduce(A.begin(), A.end());", "loop"),
    "loop_iota": ("std::iota(B.begin(), B.end(), 0.0); return B;", "loop"),
    "loop_sort": ("std::sort(B.begin(), B.end()); return B;", "loop"),
    "loop_using_std": ("using namespace std; sort(B.begin(), B.end()); return B;", "loop"),
    "loop_address": ("auto f = &std::sort<double*>; f(B.begin(), B.end()); return B;", "loop"),
    "loop_arma_for_each": ("B.for_each([](double& x) { x += 1; }); return B;", "loop"),
    "loop_arma_transform": ("B.transform(plus_one); return B;", "loop"),
    "loop_arma_imbue": ("B.imbue(remembers); return B;", "loop"),
    "loop_each_row": ("B.each_row([](arma::rowvec& r) { r += 1; }); return B;", "loop"),
    "loop_each_col": ("B.each_col([](arma::vec& r) { r += 1; }); return B;", "loop"),
    "loop_in_template": ("each(B); return B;", "loop"),
    "loop_in_helper": ("return looping(A);", "loop"),
    "loop_in_second_helper": ("return calls_looping(A);", "loop"),
    "loop_helper_by_address": ("auto f = &looping; return f(A);", "loop"),
    "loop_constructor": ("return Outside(A).M;", "loop"),
    "lambda": ("auto f = [&] { return A; }; return f();", "lambda"),
    "std_function": ("std::function<double(double)> f = plus_one; return B * f(1);", "lambda"),
    "statement_expression": ("return ({ B += 1; B; });", "statement-expression"),
    "fold": ("return B * sum(1.0, 2.0);", "pack"),
    "recursion": ("return B(0) > 1 ? recursion(A, B - 1) : B;", "recursion"),
    "mutual_recursion": ("return B * even(B(0));", "recursion"),
    "template_recursion": ("return B * count<3>(B(0));", "recursion"),
    "special_recursion": ("return B * special<3>(B(0));", "recursion"),
    "functor": ("return B * Functor()(1);", "class"),
    "local_class": ("struct F { double f() { return 1; } }; return B * F().f();", "class"),
    "class_out_of_line": ("return Outside(A).M;", "class"),
    "static_local": ("static arma::mat last; last = A; return last;", "state"),
    "static_pointer": ("static const double* const last = new double(0); return B * *last;", "state"),
    "static_of_the_first_call": ("static const double first = A(0, 0); return B * first;", "state"),
    "static_of_a_constant_of_the_call": (
        "const double first = A(0, 0); static const double last = 2 * first; return B * last;",
        "state",
    ),
    "static_of_a_matrix": (
        "static const double calls = arma::vec(1, arma::fill::zeros)(0); ++const_cast<double&>(calls); return B * calls;",
        "state",
    ),
    "static_address": (
        "static const auto cell = reinterpret_cast<std::uintptr_t>(std::make_unique<double>(0).release());"
        "return B * ++*reinterpret_cast<double*>(cell);",
        "state",
    ),
    "number_of_a_stream": ("std::cout.iword(0) += 1; return B * std::cout.iword(0);", "state"),
    "a_lock_that_waits": (
        "std::timed_mutex m; m.lock(); return m.try_lock_for(std::chrono::seconds(2)) ? A : B;",
        "system",
    ),
    "static_in_helper": ("return B * remembers();", "state"),
    "thread_local_variable": ("thread_local double last = 0; last += 1; return B * last;", "state"),
    "global_variable": ("memory += 1; return B * memory;", "state"),
    "global_in_helper": ("return B * uses_memory();", "state"),
    "inline_asm": ('asm volatile("nop"); return B;', "asm"),
    "call_loops": ("return B * loops::cross(A);", "loops-call"),
    "call_using_loops": ("using namespace loops; return B * cross(A);", "loops-call"),
    "call_alias_of_loops": ("namespace l = loops; return B * l::cross(A);", "loops-call"),
    "call_using_declaration": ("using loops::cross; return B * cross(A);", "loops-call"),
    "call_system": ('return B * std::system("true");', "system"),
    "call_exit": ("std::exit(0); return B;", "system"),
    "call_setjmp": ("if (setjmp(place) < 3) std::longjmp(place, 1); return B;", "system"),
    "call_qsort": ("std::qsort(B.memptr(), 1, 1, nullptr); return B;", "system"),
    "call_undefined": ("int fork(); fork(); return B;", "system"),
    "save_file": ('A.save("a.txt"); return B;', "files"),
    "write_file": ('std::ofstream("a.txt") << A; return B;', "files"),
    "default_argument": ("return with_default(A);", "loop"),
    "operator_with_loop": ("return B * +Kind::one;", "loop"),
    "literal_with_loop": ("return B * 1_loop;", "loop"),
    "static_member": ("Counter::calls += 1; return B * Counter::calls;", "state"),
    "inline_member": ("Counter::more += 1; return B * Counter::more;", "state"),
    "extern_variable": ("extern double elsewhere; return B * elsewhere;", "state"),
    "variable_template": ("kept<3> += 1; return B * kept<3>;", "state"),
    "function_table": ("arma::mat (*table[])(arma::mat) = {looping}; return table[0](A);", "loop"),
    "member_default": ("return Looped{A}.N;", "loop"),
    "handed_to_a_constructor": (
        "const std::pair<double (*)(double), int> p(plus_one, 1); return B * p.first(2);",
        "handed-over",
    ),
    "handed_to_a_function": ("return B * std::invoke(plus_one, 1.0);", "handed-over"),
    "new_object": ("return B * *new double(1);", "not-allowed"),
    "unknown_of_armadillo": ("return B * *arma::memory::acquire<double>(3);", "not-allowed"),
    "unknown_of_std": ("std::valarray<double> v(3); return B * v.sum();", "not-allowed"),
    "bound": ("return B * std::bind(even, 3.0)();", "recursion"),
    "spliced_name": ("return B * __buil\\\ntin_popcount(3);", "reserved"),
    "call_other_exercise": ("return softmax_batch(A) * B;", "contract-call"),
    "call_trainer": ("Model m; return B * train_sgd_vec({A, {}}, {}, m);", "contract-call"),
    "reserved": ("return B * __builtin_popcount(3);", "reserved"),
    "attribute": ("[[gnu::unused]] double x = 1; return B * x;", "attribute"),
    "pragma_operator": ('_Pragma("omp simd") B += 1; return B;', "pragma"),
    "auto_dangling": ("auto x = A * B + 1; return x;", "dangling-auto"),
    "auto_reference": ("const auto& x = arma::exp(A - 1); return x;", "dangling-auto"),
    "auto_each_row": ("auto x = arma::mat(A).each_row(); return x - B.row(0);", "dangling-auto"),
    "auto_temporary": ("auto x = shifted(A).t(); return x;", "dangling-auto"),
    "auto_returned": ("return dangling(A);", "dangling-auto"),
    "pointer_to_itself": ("auto f = &pointer_to_itself; return f(A, B);", "recursion"),
    "too_many": ("B += 1; B += 2; B += 3; B += 4; return B;", "statements"),
}

RIGHT = {
    "each_row": "return A.each_row() - arma::max(A, 0);",
    "each_row_chosen": "arma::uvec rows = {0}; B.each_row(rows) -= A.row(0); return B;",
    "softmax": "arma::mat E = arma::exp(A.each_row() - arma::max(A, 0)); return E.each_row() / arma::sum(E, 0);",
    "using_arma": "using namespace arma; const mat E = exp(A); return normalise(E, 1, 0);",
    "arma_sort": "return arma::sort(arma::reverse(arma::unique(A)));",
    "arma_functions": "return arma::repmat(arma::cumsum(A), 1, 1) + arma::accu(arma::clamp(A, 0, 1)) + A.max();",
    "helper": "return shifted(A) * plus_one(1) + twice(B);",
    "constants": "static constexpr double eps = 1e-9; static const double half = 0.5; return A * eps + half + least;",
    "constants_of_constants": (
        "static const double half = 0.5; static const double tiny = half * arma::datum::eps; return A + tiny;"
    ),
    "constant_of_a_function": "static const double most = std::numeric_limits<double>::max(); return A / most;",
    "constants_of_each_other": (
        "static const double a = 2; static const double b = a + a; static const double c = b + b + a; return A * c;"
    ),
    "constant_text": 'static const char* const name = "A"; A.print(name); return A;',
    "asserts": 'assert(A.n_rows > 0); static_assert(sizeof(double) == 8, "64"); return A * static_cast<double>(2);',
    "ternary": "return A.is_empty() ? B : arma::mat(A * 2);",
    "bindings": "auto [first, second] = std::pair<arma::mat, double>{A, 1}; return first * second;",
    "exception": 'if (A.is_empty()) throw std::invalid_argument("empty"); return A;',
    "exception_caught": "try { return A; } catch (...) { return B; }",
    "arithmetic": "return A * std::exp(std::abs(std::min(1.0, fabs(B(0))))) + std::pow(2.0, 3) + INFINITY - NAN;",
    "auto_safe": "auto n = A.n_cols; const auto& M = A; auto D = arma::mat(M * A.cols(0, n - 1)); return D;",
    "auto_transposed": "const auto T = A.t(); return T * B * turned(A);",
    "sub2ind": "return A.elem(arma::sub2ind(arma::size(A), arma::umat(2, 3)));",
    "sparse": "arma::sp_mat S(arma::umat(2, 3), arma::vec(3), A.n_rows, A.n_cols); return arma::mat(S);",
    "identity": "arma::mat I = arma::eye(3, 3); return I.cols(arma::find(A > 0));",
    "view": "const arma::mat v(const_cast<double*>(A.memptr()), 2, 3, false, true); return v;",
    "solve": "return arma::solve(A, B);",
    "print": "A.print(); std::cout << A.n_rows << std::endl; return A;",
    "containers": "std::vector<double> v(3, 1.0); return A * v.size() + v.front() + std::get<0>(std::make_tuple(1));",
    "aliases": "using Matrix = arma::mat; typedef double Real; using arma::exp; return Matrix(exp(A) * Real(1));",
    "comments": "/* été */ // boucle for: while (1)\n return A; // goto",
    "view_kept": "auto C = A.cols(0, 1); return C * 2;",
    "text": 'A.print("for (;;) while asm ... # , "); return A;',
}

FOREIGN = "namespace loops { double cross(const arma::mat&); }\n#include <csetjmp>\n#include <valarray>\nstatic std::jmp_buf place;\n"


OF_THE_FILE = {"interposition", "include", "class"}  # from declaring namespace loops, from <csetjmp>, from CLASSES


@pytest.fixture(scope="module")
def broken():
    bodies = {name: body for name, (body, _) in BROKEN.items()}
    return each_alone({**bodies, "neighbour": "return A;"}, FOREIGN + HELPERS + CLASSES)


@pytest.fixture(scope="module")
def right():
    return each_alone(RIGHT, HELPERS)


@pytest.mark.parametrize("name", BROKEN)
def test_broken_rule_is_found(broken, name):
    assert BROKEN[name][1] in found(broken, name)


def test_broken_rules_do_not_spread_to_a_neighbour(broken):
    assert found(broken, "neighbour") == OF_THE_FILE


@pytest.mark.parametrize("name", RIGHT)
def test_right_style_is_accepted(right, name):
    assert [f"{f.rule}: {f.message}" for f in right.functions[name].findings] == []


def test_finding_names_line_construct_and_what_to_do():
    report = each_alone({"bad": "B += 1;\nfor (double& x : B)\n x += 1;\nreturn B;", "good": "return A;"})
    (finding,) = report.functions["bad"].findings
    assert (finding.line, finding.column, finding.construct) == (5, 1, "range-for")
    assert "whole matrix" in finding.message and report.functions["good"].findings == []


def test_loop_of_a_macro_is_reported_where_the_student_uses_it():
    report = each_alone({"bad": "\n\nREPEAT(B += 1);\nreturn B;"}, "#define REPEAT(x) while (true) x")
    assert [(f.line, f.rule) for f in report.functions["bad"].findings] == [(6, "loop")]


def test_loop_of_a_helper_says_which_helper():
    report = each_alone({"bad": "return helper(A);"}, "arma::mat helper(arma::mat M) { while (true) M += 1; }")
    (finding,) = report.functions["bad"].findings
    assert finding.line == 2 and "`helper`, which `bad` uses" in finding.message


TRAINING = {
    "one": ("for (arma::uword i = 0; i < 3; ++i) B += 1; B += 1; B += 1; B += 1; B += 1; return B;", set()),
    "range": ("for (const auto& b : lab::create_batches({A, {}}, 64)) B += softmax_batch(b.images); return B;", set()),
    "batch_while": ("while (B(0) > 1) B -= 1; return B;", set()),
    "none": ("return B;", set()),
    "two": ("for (double& x : B) x += 1; while (B(0) > 1) B -= 1; return B;", {"second-loop"}),
    "nested": ("for (int i = 0; i < 3; ++i) for (double& x : B) x += i; return B;", {"second-loop"}),
    "in_helper": ("for (int i = 0; i < 3; ++i) B = inner(B); return B;", {"second-loop"}),
    "algorithm": ("std::sort(B.begin(), B.end()); return B;", {"loop"}),
    "by_goto": ("again: if (B(0) > 1) goto again; return B;", {"loop"}),
    "by_lambda": ("auto f = [&] { return A; }; return f();", {"lambda"}),
    "by_reference": ("for (int i = 0; i < 3; ++i) B *= loops::cross(A); return B;", {"loops-call"}),
}


def test_training_may_have_one_loop():
    helper = FOREIGN + "#include <algorithm>\narma::mat inner(arma::mat M) { for (double& x : M) x += 1; return M; }\n"
    report = each_alone({n: body for n, (body, _) in TRAINING.items()}, helper, "one loop over batches")
    ours = {name: found(report, name) - OF_THE_FILE for name in TRAINING}
    assert ours == {name: rules for name, (_, rules) in TRAINING.items()}


FREE = {
    "loops_allowed": ("for (double& x : B) for (;;) x += 1; return B * loops::mean_loss({A, {}}, {});", set()),
    "code_allowed": ("auto f = [](double x) { return x; }; B.transform(f); std::sort(B.begin(), B.end());", set()),
    "state_allowed": ("static int calls = 0; ++calls; return B;", set()),
    "files_allowed": ('A.save("a.txt"); std::ofstream("b.txt") << B; return B;', set()),
    "assembly": ('asm("nop"); return B;', {"asm"}),
    "c_library": (
        "std::srand(1); char a[9], b[9]; std::memset(a, 0, 9); std::memcpy(b, a, 9); std::memmove(a, b, 9); "
        'std::sprintf(a, "%d", 7); return B * (std::clock() + std::time(nullptr) + std::difftime(1, 0) + std::rand() '
        '+ std::strlen(a) + std::strcmp(a, b) + std::atoi("1") + std::atof("1") + std::strtod("1", nullptr));',
        set(),
    ),
    "shell": ('return B * std::system("true");', {"system"}),
    "attributes": ("__attribute__((unused)) double x = 1; return B * x;", {"attribute"}),
}


BEFORE_FREE = '#include "softmax_reg.hpp"\n#include <algorithm>\n#include <cstring>\n#include <ctime>\n'


def test_free_reports_only_what_is_dangerous():
    report = each_alone({n: body for n, (body, _) in FREE.items()}, BEFORE_FREE, "free")
    assert {name: found(report, name) for name in FREE} == {name: rules for name, (_, rules) in FREE.items()}
