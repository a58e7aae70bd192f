"""How statements are counted: a table of bodies, each with its count."""

import itertools

import pytest

from grader.tests.support.legality_support import each_alone, found

HELPERS = """
#include <cassert>
#define TWO(x) x += 1; x += 2
#define BOTH(a, b) a, b
#define ONE_LINE_OF(x) do_nothing(x)
inline void do_nothing(const arma::mat&) {}
double plus_one(double x) { return x + 1; }
double three(double x) { x += 1; x += 1; return plus_one(x); }
template <class T> T generic(T x) { x += 1; return x; }
"""
SCALE = "struct Scale { double by = 2; double of(double x) { x *= by; return x; } };\n"

COUNTS = {
    "one": ("return A;", 1),
    "four": ("B += 1; B += 2; B += 3; return B;", 4),
    "over_many_lines": ("return A\n  // the first\n  + B  /* the\n second */\n\n  + A;", 1),
    "on_one_line": ("B += 1; B += 2; return B;", 3),
    "empty_statements": (";;; B += 1;; return B;;", 2),
    "nested_blocks": ("{ { B += 1; } { B += 2; B += 3; } } return B;", 4),
    "only_blocks": ("{{{ return B; }}}", 1),
    "comma": ("B += 1, B += 2, B += 3; return B;", 4),
    "comma_in_return": ("return B += 1, B += 2, B;", 3),
    "comma_of_scalars": ("double x = 1; x = 2, x = 3; return B * x;", 4),
    "comma_in_call": ("return arma::exp((do_nothing(A), B));", 2),
    "comma_in_macro": ("BOTH(B += 1, B += 2); return B;", 3),
    "comma_of_arguments": ("return arma::clamp(A, 0, 1) + arma::mat(2, 3, arma::fill::ones);", 1),
    "comma_in_text": ('B.print("a , b , c"); B.print(R"(d , "e , )"); return B;', 3),
    "comma_in_braces": ("arma::mat C = {{1, 2}, {3, 4}}; return C;", 2),
    "declarators": ("arma::mat C = A, D = A, E; return C + D + E;", 4),
    "bindings": ("auto [x, y] = std::pair<double, double>(1, 2); return B * x * y;", 2),
    "macro_of_two": ("TWO(B); return B;", 3),
    "macro_of_one": ("ONE_LINE_OF(B); return B;", 2),
    "if_else": ("if (B.is_empty()) { B += 1; } else { B += 2; B += 3; } return B;", 5),
    "if_without_braces": ("if (B.is_empty()) B += 1; else B += 2; return B;", 4),
    "if_with_value": ("if (double x = B(0); x > 1) return B * x; return B;", 4),
    "switch_cases": ("switch (B.n_rows) { case 1: B += 1; break; case 2: case 3: return A; default: ; } return B;", 5),
    "for_loop": ("for (int i = 0; i < 3; ++i) { B += 1; B += 2; } return B;", 4),
    "range_for": ("for (double& x : B) x += 1; return B;", 3),
    "while_loop": ("while (B(0) > 1) B -= 1; return B;", 3),
    "do_loop": ("do { B += 1; B += 2; } while (B(0) > 1); return B;", 4),
    "ternary": ("return B.is_empty() ? A : B;", 1),
    "ternary_with_assignments": ("B.is_empty() ? B += 1 : B += 2; return B;", 4),
    "assignment_in_call": ("return arma::exp(B = A + 1);", 2),
    "assignments_by_and": ("(B += 1).is_empty() || (B += 2).is_empty() || (B += 3).is_empty(); return B;", 5),
    "assignment_in_parentheses": ("(B = A); return B;", 2),
    "discarded": ("(void)A; return B;", 2),
    "try_block": ("try { B += 1; } catch (...) { B += 2; } return B;", 4),
    "assertion": ("assert(A.n_rows > 0); return A;", 2),
    "static_assertion": ('static_assert(sizeof(double) == 8, "x"); return A;', 1),
    "names_only": ("using namespace arma; using arma::exp; using M = mat; typedef mat N; return A;", 1),
    "constants": ("const double x = 1; constexpr double y = 2; return A * x * y;", 3),
    "helper": ("return A * plus_one(1);", 2),
    "helper_of_helper": ("return A * three(1);", 5),
    "helper_twice": ("return A * plus_one(1) * plus_one(2);", 2),
    "helper_template": ("return generic(A) * generic(2.0);", 3),
    "other_exercise": ("return four(A, B);", 1),
    "statement_expression": ("return ({ B += 1; B; });", 3),
    "lambda": ("auto f = [&] { B += 1; return B; }; return f();", 4),
    "local_class": ("struct S { double f() { int x = 1; return x; } }; return A * S().f();", 3),
    "outer_class": ("return A * Scale().of(1);", 3),
    "label": ("end: return B;", 1),
}


@pytest.fixture(scope="module")
def report():
    return each_alone({name: body for name, (body, _) in COUNTS.items()}, HELPERS + SCALE)


@pytest.mark.parametrize("name", COUNTS)
def test_statements_are_counted_in_the_tree(report, name):
    assert report.functions[name].statements == COUNTS[name][1]


@pytest.mark.parametrize("name", COUNTS)
def test_more_than_four_are_reported(report, name):
    assert ("statements" in found(report, name)) == (COUNTS[name][1] > 4)


def test_finding_stands_at_the_fifth_statement():
    report = each_alone({"lengthy": "B += 1;\nB += 2;\nB += 3;\nB += 4;\nreturn B;"})
    assert [(f.line, f.construct) for f in report.functions["lengthy"].findings] == [(8, "5 statements")]


def test_finding_says_what_was_counted():
    report = each_alone({"lengthy": "arma::mat C = B, D = B;\nC += 1, D += 1;\nreturn C + D;"})
    (finding,) = report.functions["lengthy"].findings
    assert "(One each in the lines 4, 4, 5, 6, and 1 behind a comma operator.)" in finding.message


def test_finding_says_how_many_are_in_helpers():
    report = each_alone({"lengthy": "B += 1; return B * three(1);"}, HELPERS)
    (finding,) = report.functions["lengthy"].findings
    assert finding.construct == "6 statements (4 of them in helpers)"


# Whether the second line computes something that nobody keeps; no line is in what changes a matrix or is kept.
DISCARDS = {
    "each_col_and_a_column": ("\nB.each_col() + B.col(0);\nreturn B;", True),
    "each_row_divided": ("\nB.each_row() / arma::sum(B, 0);\nreturn B;", True),
    "a_function": ("\narma::exp(B);\nreturn B;", True),
    "transposed": ("\nB.t();\nreturn B;", True),
    "in_parentheses": ("\n(B - 0.1 * A);\nreturn B;", True),
    "in_an_if": ("if (B.is_empty())\nB % A;\nreturn B;", True),
    "in_a_helper": ("B += 1;\nreturn forgetful(B);", True),
    "in_place": ("B.each_col() += B.col(0); B /= 2; B.zeros(); B.col(0) = A.col(0); return B;", False),
    "of_elements": ("B.elem(arma::find(B)) -= 1; return B;", False),
    "to_an_argument": ("arma::solve(B, A, A); arma::inplace_trans(B); B.save(\"x\"); return B;", False),
    "on_purpose": ("(void)A.t(); return B;", False),
}  # fmt: skip


def test_a_value_that_nobody_keeps_is_found():
    helper = "arma::mat forgetful(const arma::mat& A) { A + 1; return A; }\n"
    report = each_alone({name: body for name, (body, _) in DISCARDS.items()}, helper)
    lines = {name: function.discards for name, function in report.functions.items()}
    starts = dict(
        zip(DISCARDS, itertools.accumulate((body.count("\n") + 3 for body, _ in DISCARDS.values()), initial=4))
    )
    ends = {name: starts[name] + 2 for name in DISCARDS} | {"in_a_helper": 2}
    assert lines == {name: ends[name] if forgets else 0 for name, (_, forgets) in DISCARDS.items()}
