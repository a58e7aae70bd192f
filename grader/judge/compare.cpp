// Shape, finiteness, values; see compare.hpp.
#include "grader/judge/compare.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>

#include "grader/judge/crop.hpp"
#include "grader/judge/item.hpp"

namespace {

std::string number(double value) {
    std::ostringstream text;
    text << std::setprecision(10) << value;
    return text.str();
}

std::string place(const arma::mat& matrix, arma::uword index) {
    if (matrix.n_elem == 1) return "";
    return " at (row " + std::to_string(index % matrix.n_rows) + ", column " + std::to_string(index / matrix.n_rows) +
           ")";
}

// How many times the tolerance the difference is.
double excess_of(double actual, double expected, const Tolerance& tolerance) {
    return std::abs(actual - expected) / (tolerance.absolute + tolerance.relative * std::abs(expected));
}

// A picture of what differs goes with the message; one number needs none.
void show(const arma::mat& actual, const arma::mat& expected, arma::uword worst, const Tolerance& tolerance) {
    if (expected.n_elem == 1) return;
    const auto is_wrong = [&](arma::uword i) { return !(excess_of(actual(i), expected(i), tolerance) <= 1); };
    current_item().pictures["matrices"] = crop(actual, expected, worst, is_wrong);
}

[[noreturn]] void fail_values(const Subject& subject, const std::string& actual, const std::string& expected,
                              const std::string& rest, const std::string& hint) {
    current_item().actual = actual;
    current_item().expected = expected;
    fail_item(subject.call + ": " + subject.what + " should be " + expected + " but is " + actual + rest, hint);
}

std::string hint_for_shape(const arma::mat& actual, const arma::mat& expected) {
    if (actual.n_rows == expected.n_cols && actual.n_cols == expected.n_rows)
        return "rows and columns are exchanged: which factor of the product needs .t()?";
    if (actual.is_empty()) return "an empty matrix came back: was the result assigned to another variable?";
    return "write the shape of each factor beside it: the inner two must agree, the outer two are the result's";
}

void check_shape(const arma::mat& actual, const arma::mat& expected, const Subject& subject) {
    if (arma::size(actual) == arma::size(expected)) return;
    current_item().pictures["matrices"] = crop(actual, expected);
    fail_values(subject, shape(actual), shape(expected), actual.is_empty() ? " (empty)" : "",
                hint_for_shape(actual, expected));
}

void check_finite(const arma::mat& actual, const arma::mat& expected, const Subject& subject,
                  const Tolerance& tolerance) {
    if (actual.is_finite()) return;
    arma::uword index = 0;
    while (std::isfinite(actual(index)))
        ++index;
    show(actual, expected, index, tolerance);
    fail_values(subject, number(actual(index)), number(expected(index)), place(expected, index),
                subject.hint_not_finite);
}

// The largest difference between two matrices, relative to the largest element of the second.
double distance(const arma::mat& a, const arma::mat& b) {
    if (arma::size(a) != arma::size(b) || !b.is_finite()) return std::numeric_limits<double>::infinity();
    return arma::abs(a - b).max() / std::max(arma::abs(b).max(), 1e-300);
}

// Names the mistake when the values are those that it makes; a batch on which it makes no difference tells nothing.
std::string hint_for_values(const arma::mat& actual, const arma::mat& expected, const Subject& subject) {
    for (const Mistake& mistake : subject.mistakes)
        if (distance(mistake.result, expected) > 1e-7 && distance(actual, mistake.result) < 1e-9) return mistake.hint;
    if (distance(actual, expected) < 1e-5)
        return "nearly right: float keeps 7 digits, the lab computes in double (arma::mat, not arma::fmat); or a "
               "small number was added where none belongs";
    if (distance(actual, -expected) < 1e-9) return "the sign is the wrong way round";
    return "";
}

}  // namespace

Mistake mistake(double result, const std::string& hint) { return {arma::mat(1, 1, arma::fill::value(result)), hint}; }

std::string shape(const arma::mat& matrix) {
    return std::to_string(matrix.n_rows) + " x " + std::to_string(matrix.n_cols);
}

void expect_equal(const arma::mat& actual, const arma::mat& expected, const Subject& subject,
                  const Tolerance& tolerance) {
    check_shape(actual, expected, subject);
    check_finite(actual, expected, subject, tolerance);
    arma::uword worst = 0;
    arma::uword wrong = 0;
    double worst_excess = 0;
    for (arma::uword i = 0; i < expected.n_elem; ++i) {
        const double excess = excess_of(actual(i), expected(i), tolerance);
        // Written so that a NaN counts as wrong.
        if (!(excess <= 1)) ++wrong;
        if (!(excess <= worst_excess)) worst = i;
        if (!(excess <= worst_excess)) worst_excess = excess;
    }
    if (wrong == 0) return;
    show(actual, expected, worst, tolerance);
    std::string rest = place(expected, worst);
    if (expected.n_elem > 1)
        rest += "; " + std::to_string(wrong) + " of " + std::to_string(expected.n_elem) + " elements differ";
    fail_values(subject, number(actual(worst)), number(expected(worst)), rest,
                hint_for_values(actual, expected, subject));
}

void expect_equal(double actual, double expected, const Subject& subject, const Tolerance& tolerance) {
    expect_equal(arma::mat(1, 1, arma::fill::value(actual)), arma::mat(1, 1, arma::fill::value(expected)), subject,
                 tolerance);
}

void expect_equal(const arma::uvec& actual, const arma::uvec& expected, const Subject& subject) {
    expect_equal(arma::conv_to<arma::vec>::from(actual), arma::conv_to<arma::vec>::from(expected), subject);
}
