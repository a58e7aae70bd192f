// Shape, finiteness, values; see compare.hpp.
#include "grader/judge/expect/compare.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>

#include "grader/judge/expect/matrix_excerpt.hpp"
#include "grader/judge/item.hpp"

namespace {

std::string number(double value) {
    std::ostringstream text;
    text << std::setprecision(10) << (std::isnan(value) ? std::abs(value) : value);  // the sign of a NaN says nothing
    return text.str();
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

// The fields of a message on two values, or two shapes.
Text::Fields fields_of(const Subject& subject, const std::string& actual, const std::string& expected) {
    current_item().actual = actual;
    current_item().expected = expected;
    return {{"call", subject.call}, {"what", subject.what}, {"actual", actual}, {"expected", expected}};
}

Text::Fields fields_at(const Subject& subject, const arma::mat& actual, const arma::mat& expected, arma::uword index) {
    Text::Fields fields = fields_of(subject, number(actual(index)), number(expected(index)));
    fields.push_back({"row", index % expected.n_rows});
    fields.push_back({"column", index / expected.n_rows});
    return fields;
}

// The largest difference between two matrices, relative to the largest element of the second.
double distance(const arma::mat& a, const arma::mat& b) {
    if (arma::size(a) != arma::size(b) || !b.is_finite()) return std::numeric_limits<double>::infinity();
    return arma::abs(a - b).max() / std::max(arma::abs(b).max(), 1e-300);
}

// Whether two matrices differ by less than `most`, relative to the largest finite element of the second. An infinity
// and a NaN are like themselves only: many a mistake is seen by where they stand.
bool alike(const arma::mat& a, const arma::mat& b, double most) {
    if (arma::size(a) != arma::size(b)) return false;
    double largest = 1e-300;
    for (const double element : b)
        if (std::isfinite(element)) largest = std::max(largest, std::abs(element));
    for (arma::uword i = 0; i < b.n_elem; ++i) {
        const bool same = a(i) == b(i) || (std::isnan(a(i)) && std::isnan(b(i)));
        if (!same && !(std::abs(a(i) - b(i)) < most * largest)) return false;
    }
    return true;
}

// Names the mistake when shape and values are those that it makes, or `otherwise`; an input on which the mistake makes
// no difference tells nothing.
Text named_mistake(const arma::mat& actual, const arma::mat& expected, const Subject& subject, const Text& otherwise) {
    for (const Mistake& mistake : subject.mistakes)
        if (!alike(mistake.result, expected, 1e-7) && alike(actual, mistake.result, 1e-9)) return mistake.hint;
    return otherwise;
}

Text hint_for_shape(const arma::mat& actual, const arma::mat& expected) {
    if (actual.n_rows == expected.n_cols && actual.n_cols == expected.n_rows)
        return tr("rows and columns are exchanged: does a factor of a product need .t(), or is it the other axis, or "
                  "rows() for cols()?");
    if (actual.is_empty()) return tr("an empty matrix came back: was the result assigned to another variable?");
    return tr("write the shape beside each step: a product keeps the outer two numbers; sum, max and index_max leave a "
              "row along axis 0, a column along axis 1");
}

void check_shape(const arma::mat& actual, const arma::mat& expected, const Subject& subject) {
    if (arma::size(actual) == arma::size(expected)) return;
    current_item().pictures["matrices"] = crop(actual, expected);
    const Text::Fields fields = fields_of(subject, shape(actual), shape(expected));
    fail_item(actual.is_empty() ? tr("{call}: {what} should be {expected} but is {actual} (empty)", fields)
                                : tr("{call}: {what} should be {expected} but is {actual}", fields),
              named_mistake(actual, expected, subject, hint_for_shape(actual, expected)));
}

void check_finite(const arma::mat& actual, const arma::mat& expected, const Subject& subject,
                  const Tolerance& tolerance) {
    if (actual.is_finite()) return;
    arma::uword index = 0;
    while (std::isfinite(actual(index)))
        ++index;
    show(actual, expected, index, tolerance);
    const Text::Fields fields = fields_at(subject, actual, expected, index);
    fail_item(expected.n_elem == 1
                  ? tr("{call}: {what} should be {expected} but is {actual}", fields)
                  : tr("{call}: {what} should be {expected} but is {actual} at (row {row}, column {column})", fields),
              named_mistake(actual, expected, subject, subject.hint_not_finite));
}

// What the values alone tell, where they are none of a mistake with a name.
Text hint_for_values(const arma::mat& actual, const arma::mat& expected, const Text& nearly_right) {
    if (distance(actual, expected) < 1e-5 && !nearly_right.empty()) return nearly_right;
    if (distance(actual, expected) < 1e-5)
        return tr("nearly right: float keeps 7 digits, the lab computes in double (arma::mat, not arma::fmat); or a "
                  "small number was added where none belongs");
    if (expected.n_elem == 1 && actual(0) == std::floor(actual(0)) && expected(0) != std::floor(expected(0)))
        return tr("a whole number came out: is a variable an int that should be a double?");
    if (distance(actual, -expected) < 1e-9) return tr("the sign is the wrong way round");
    return {};
}

}  // namespace

Mistake mistake(double result, const Text& hint) { return {arma::mat(1, 1, arma::fill::value(result)), hint}; }

std::string shape(const arma::mat& matrix) {
    return std::to_string(matrix.n_rows) + " x " + std::to_string(matrix.n_cols);
}

void expect_equal(const arma::mat& actual, const arma::mat& expected, const Subject& subject,
                  const Tolerance& tolerance) {
    if (subject.only_mistakes && named_mistake(actual, expected, subject, {}).empty()) return;
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
    Text::Fields fields = fields_at(subject, actual, expected, worst);
    fields.push_back({"wrong", wrong});
    fields.push_back({"all", expected.n_elem});
    fail_item(
        expected.n_elem == 1
            ? tr("{call}: {what} should be {expected} but is {actual}", fields)
            : tr("{call}: {what} should be {expected} but is {actual} at (row {row}, column {column}); {wrong} of "
                 "{all} elements differ",
                 fields),
        named_mistake(actual, expected, subject, hint_for_values(actual, expected, subject.hint_nearly_right)));
}

void expect_equal(double actual, double expected, const Subject& subject, const Tolerance& tolerance) {
    expect_equal(arma::mat(1, 1, arma::fill::value(actual)), arma::mat(1, 1, arma::fill::value(expected)), subject,
                 tolerance);
}

void expect_equal(const arma::uvec& actual, const arma::uvec& expected, const Subject& subject) {
    expect_equal(arma::conv_to<arma::vec>::from(actual), arma::conv_to<arma::vec>::from(expected), subject);
}
