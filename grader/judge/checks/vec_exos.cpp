// Step 4, the small exercises: each against plain loops, at a few shapes.
#include "grader/judge/catch.hpp"
#include "grader/judge/checks/vec_exos_mistakes.hpp"
#include "grader/judge/expect/compare.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/submission.hpp"

#include <cmath>
#include <functional>

namespace {

using arma::mat;
using arma::uvec;
using arma::uword;

struct Size {
    uword rows;
    uword columns;
    bool only_mistakes = false;
};

// A square first, on which most mistakes give a result, which has a name. Where there is none, a size is shown whose
// rows and columns cannot be taken for each other; it is tall, so that positions that are too close together stay
// inside of the matrix. The square comes back in the end.
std::vector<Size> sizes() {
    const Size any{inputs::between(2, 30), inputs::between(2, 30)};
    return {{9, 9, true}, {5, 3}, {3, 5}, {1, 1}, {1, 7}, {6, 1}, any, {9, 9}};
}

// How many vectors the second matrix of an exercise has beside a first one of this size.
uword as_many_others(const Size& size) {
    if (size.rows == size.columns) return size.rows;
    return size.rows == 5 && size.columns == 3 ? inputs::between(6, 20) : inputs::between(1, 20);
}

// One exercise in a worker of its own, so that what it does to its process costs no other exercise.
class Exercise {
  public:
    explicit Exercise(std::string function) : function_(std::move(function)) {}

    // Calls the function and holds its result, of the type Result, against what is expected.
    template <class Result, class Expected, class... Arguments>
    void check(const std::string& shapes, const Expected& expected, const std::vector<Mistake>& mistakes,
               const Arguments&... arguments) {
        const std::string call = function_ + "(" + shapes + ")";
        const auto actual = submission_.call(function_, call, arguments...).template take<Result>();
        expect_equal(actual, expected, {tr("the result"), call, mistakes, {}, nearly_right_, only_mistakes_});
    }

    // Whether what is wrong without having a name may pass from now on.
    void look_only_for_mistakes(bool only) { only_mistakes_ = only; }

    // What to say from now on of a result that is nearly right.
    void say_if_nearly_right(const Text& hint) { nearly_right_ = hint; }

  private:
    std::string function_;
    Text nearly_right_;
    bool only_mistakes_ = false;
    Submission submission_{{"vec_exos"}};
};

mat build(uword rows, uword columns, const std::function<double(uword, uword)>& element) {
    mat result(rows, columns);
    for (uword j = 0; j < columns; ++j)
        for (uword i = 0; i < rows; ++i)
            result(i, j) = element(i, j);
    return result;
}

uvec rows_below(uword rows, uword count) {
    return arma::randi<uvec>(count, arma::distr_param(0, static_cast<int>(rows) - 1));
}

}  // namespace

TEST_CASE("vec_exos: center_rows", "[vec_exos][parity]") {
    Exercise exercise("center_rows");
    for (const auto& [p, m, only_mistakes] : sizes()) {
        exercise.look_only_for_mistakes(only_mistakes);
        const mat A = arma::randn(p, m) + 3.0;
        const mat expected = build(p, m, [&](uword i, uword j) { return A(i, j) - arma::mean(A.row(i)); });
        exercise.check<mat>("A " + shape(A), expected, mistakes::center_rows(A, expected), A);
    }
}

TEST_CASE("vec_exos: normalize_columns", "[vec_exos][parity]") {
    Exercise exercise("normalize_columns");
    for (const auto& [p, m, only_mistakes] : sizes()) {
        exercise.look_only_for_mistakes(only_mistakes);
        const mat A = arma::randu(p, m) + 0.1;
        const mat expected = build(p, m, [&](uword i, uword j) { return A(i, j) / arma::accu(A.col(j)); });
        exercise.check<mat>("A " + shape(A), expected, mistakes::normalize_columns(A), A);
    }
}

TEST_CASE("vec_exos: log_sum_exp", "[vec_exos][parity]") {
    Exercise exercise("log_sum_exp");
    // Columns so far apart that one shift for all of them is not enough, and within a column elements so far apart that
    // only its largest will do.
    mat far_apart = 1e3 * arma::randn(6, 9);
    far_apart.each_row() += arma::linspace<arma::rowvec>(-1e4, 1e4, 9);
    const mat expected_far = build(1, 9, [&](uword, uword j) {
        const double largest = far_apart.col(j).max();
        return largest + std::log(arma::accu(arma::exp(far_apart.col(j) - largest)));
    });
    exercise.check<arma::rowvec>("A " + shape(far_apart), expected_far, mistakes::log_sum_exp(far_apart), far_apart);
    for (const auto& [p, m, only_mistakes] : sizes()) {
        exercise.look_only_for_mistakes(only_mistakes);
        for (const double shift : {0.0, 1e4, -1e4}) {
            const mat A = arma::randn(p, m) + shift;
            const mat expected =
                build(1, m, [&](uword, uword j) { return shift + std::log(arma::accu(arma::exp(A.col(j) - shift))); });
            exercise.check<arma::rowvec>("A " + shape(A), expected, mistakes::log_sum_exp(A), A);
        }
    }
}

TEST_CASE("vec_exos: one_hot", "[vec_exos][parity]") {
    Exercise exercise("one_hot");
    // Neither the first class nor the last occurs.
    const mat two_of_five{{0, 0, 0}, {0, 1, 0}, {1, 0, 1}, {0, 0, 0}, {0, 0, 0}};
    exercise.check<mat>("3 labels, 5", two_of_five, mistakes::one_hot(uvec{2, 1, 2}, uword{5}), uvec{2, 1, 2},
                        uword{5});
    for (const auto& [p, m, only_mistakes] : sizes()) {
        exercise.look_only_for_mistakes(only_mistakes);
        const uvec labels = rows_below(p, m);
        const mat expected = build(p, m, [&](uword i, uword j) { return labels(j) == i ? 1.0 : 0.0; });
        exercise.check<mat>(std::to_string(m) + " labels, " + std::to_string(p), expected, mistakes::one_hot(labels, p),
                            labels, p);
    }
}

TEST_CASE("vec_exos: pick_per_column", "[vec_exos][parity]") {
    Exercise exercise("pick_per_column");
    for (const auto& [p, m, only_mistakes] : sizes()) {
        exercise.look_only_for_mistakes(only_mistakes);
        const mat A = arma::randn(p, m);
        const uvec rows = rows_below(p, m);
        const mat expected = build(m, 1, [&](uword j, uword) { return A(rows(j), j); });
        exercise.check<arma::vec>("A " + shape(A) + ", " + std::to_string(m) + " rows", expected,
                                  mistakes::pick_per_column(A, rows), A, rows);
    }
}

TEST_CASE("vec_exos: argmax_per_column", "[vec_exos][parity]") {
    Exercise exercise("argmax_per_column");
    for (const auto& [p, m, only_mistakes] : sizes()) {
        exercise.look_only_for_mistakes(only_mistakes);
        // Few different values, so that there are ties.
        const mat A = arma::randi<mat>(p, m, arma::distr_param(-4, 4));
        uvec expected(m, arma::fill::zeros);
        for (uword j = 0; j < m; ++j)
            for (uword i = p; i-- > 0;)
                if (A(i, j) >= A(expected(j), j)) expected(j) = i;
        exercise.check<uvec>("A " + shape(A), expected, mistakes::argmax_per_column(A), A);
    }
}

TEST_CASE("vec_exos: accuracy", "[vec_exos][parity]") {
    Exercise exercise("accuracy");
    for (const uword m : {uword{1}, uword{10}, inputs::between(11, 99)}) {
        const uvec labels = rows_below(3, m);
        uvec predicted = rows_below(3, m);
        if (m == 10) predicted = labels;
        if (m == 10) predicted.head(3) += 1;  // seven of ten: no mistake gives that by chance
        double right = 0;
        for (uword j = 0; j < m; ++j)
            right += labels(j) == predicted(j) ? 1.0 : 0.0;
        const std::string shapes = std::to_string(m) + " labels, " + std::to_string(m) + " labels";
        exercise.check<double>(shapes, right / static_cast<double>(m), mistakes::accuracy(predicted, labels), predicted,
                               labels);
    }
}

TEST_CASE("vec_exos: squared_distances", "[vec_exos][parity]") {
    Exercise exercise("squared_distances");
    for (const auto& [p, m, only_mistakes] : sizes()) {
        exercise.look_only_for_mistakes(only_mistakes);
        const mat A = arma::randn(p, m);
        const mat B = arma::randn(p, as_many_others({p, m}));
        const mat expected =
            build(m, B.n_cols, [&](uword i, uword j) { return arma::accu(arma::square(A.col(i) - B.col(j))); });
        exercise.check<mat>("A " + shape(A) + ", B " + shape(B), expected, mistakes::squared_distances(A, B), A, B);
    }
}

TEST_CASE("vec_exos: sum_outer_products", "[vec_exos][parity]") {
    Exercise exercise("sum_outer_products");
    for (const auto& [p, m, only_mistakes] : sizes()) {
        exercise.look_only_for_mistakes(only_mistakes);
        const mat A = arma::randn(p, m);
        const mat B = arma::randn(as_many_others({p, m}), m);
        mat expected(p, B.n_rows, arma::fill::zeros);
        for (uword j = 0; j < m; ++j)
            expected += build(p, B.n_rows, [&](uword i, uword k) { return A(i, j) * B(k, j); });
        exercise.check<mat>("A " + shape(A) + ", B " + shape(B), expected, mistakes::sum_outer_products(A, B, expected),
                            A, B);
    }
}

TEST_CASE("vec_exos: least_squares", "[vec_exos][parity]") {
    Exercise exercise("least_squares");
    for (const auto& [p, q] :
         std::vector<std::pair<uword, uword>>{{1, 1}, {4, 3}, {inputs::between(2, 12), inputs::between(1, 5)}}) {
        const mat A = arma::randn(3 * p + 2, p);
        const mat B = arma::randn(3 * p + 2, q);
        // The normal equations: far enough from singular for a random A.
        const mat expected = arma::inv(A.t() * A) * A.t() * B;
        exercise.check<mat>("A " + shape(A) + ", B " + shape(B), expected, mistakes::least_squares(A, B, expected), A,
                            B);
    }
    // The third column is nearly the sum of the others, so A.t() * A has no more than seven digits of it. B = A * R
    // exactly, but for rounding, so what is right needs no solver.
    mat A = arma::randn(40, 3);
    A.col(2) = A.col(0) + A.col(1) + 5e-5 * A.col(2);
    mat R = arma::randu(3, 8) + 0.5;
    R.row(1) *= -1;
    const mat B = A * R;
    exercise.say_if_nearly_right(
        tr("half of the digits are lost: the columns of this A nearly depend on each other, and A.t() * A doubles the "
           "digits that this costs; give A itself to LAPACK"));
    exercise.check<mat>("A " + shape(A) + ", B " + shape(B), R, mistakes::least_squares(A, B, R), A, B);
}
