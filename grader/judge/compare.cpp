// Shape, finiteness, values; see compare.hpp.
#include "grader/judge/compare.hpp"

#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>

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

[[noreturn]] void fail_values(const Subject& subject, const std::string& actual, const std::string& expected,
                              const std::string& rest) {
    current_item().actual = actual;
    current_item().expected = expected;
    fail_item(subject.call + ": " + subject.what + " should be " + expected + " but is " + actual + rest);
}

void check_shape(const arma::mat& actual, const arma::mat& expected, const Subject& subject) {
    if (arma::size(actual) == arma::size(expected)) return;
    fail_values(subject, shape(actual), shape(expected), actual.is_empty() ? " (empty)" : "");
}

void check_finite(const arma::mat& actual, const arma::mat& expected, const Subject& subject) {
    if (actual.is_finite()) return;
    arma::uword index = 0;
    while (std::isfinite(actual(index)))
        ++index;
    fail_values(subject, number(actual(index)), number(expected(index)), place(expected, index));
}

}  // namespace

std::string shape(const arma::mat& matrix) {
    return std::to_string(matrix.n_rows) + " x " + std::to_string(matrix.n_cols);
}

void expect_equal(const arma::mat& actual, const arma::mat& expected, const Subject& subject,
                  const Tolerance& tolerance) {
    check_shape(actual, expected, subject);
    check_finite(actual, expected, subject);
    arma::uword worst = 0;
    arma::uword wrong = 0;
    double worst_excess = 0;
    for (arma::uword i = 0; i < expected.n_elem; ++i) {
        const double allowed = tolerance.absolute + tolerance.relative * std::abs(expected(i));
        const double excess = std::abs(actual(i) - expected(i)) / allowed;
        // Written so that a NaN counts as wrong.
        if (!(excess <= 1)) ++wrong;
        if (!(excess <= worst_excess)) worst = i;
        if (!(excess <= worst_excess)) worst_excess = excess;
    }
    if (wrong == 0) return;
    std::string rest = place(expected, worst);
    if (expected.n_elem > 1)
        rest += "; " + std::to_string(wrong) + " of " + std::to_string(expected.n_elem) + " elements differ";
    fail_values(subject, number(actual(worst)), number(expected(worst)), rest);
}

void expect_equal(double actual, double expected, const Subject& subject, const Tolerance& tolerance) {
    expect_equal(arma::mat(1, 1, arma::fill::value(actual)), arma::mat(1, 1, arma::fill::value(expected)), subject,
                 tolerance);
}

void expect_equal(const arma::uvec& actual, const arma::uvec& expected, const Subject& subject) {
    expect_equal(arma::conv_to<arma::vec>::from(actual), arma::conv_to<arma::vec>::from(expected), subject);
}
