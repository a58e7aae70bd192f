// The values of typical mistakes in the small exercises; see vec_exos_mistakes.hpp. Those that many make in several
// exercises have one sentence for all. Students have this file: what is right is told by loops.
#include "grader/judge/checks/vec_exos_mistakes.hpp"

#include <cmath>

using arma::mat;
using arma::rowvec;
using arma::uvec;
using arma::uword;
using arma::vec;

namespace {

vec as_numbers(const uvec& whole) { return arma::conv_to<vec>::from(whole); }

uvec numbers_below(uword count) { return arma::regspace<uvec>(0, count - 1); }

// The logarithm of the sum of exp(column - c), for a c of each column.
rowvec log_of_shifted(const mat& A, const rowvec& c) {
    rowvec result(A.n_cols);
    for (uword j = 0; j < A.n_cols; ++j)
        result(j) = std::log(arma::accu(arma::exp(A.col(j) - c(j))));
    return result;
}

rowvec log_sum_exp_with(const mat& A, const rowvec& c) { return c + log_of_shifted(A, c); }

// A column for each label, with ones where `positions` count through memory.
mat ones_at(const uvec& positions, uword n_classes, uword n_labels) {
    mat result(n_classes, n_labels, arma::fill::zeros);
    for (const uword position : positions)
        if (position < result.n_elem) result(position) = 1;
    return result;
}

// The row of each column's largest element, in the direction in which `order` turns the rows.
template <class Order> vec argmax(const mat& A, const Order& order) {
    vec result(A.n_cols);
    for (uword j = 0; j < A.n_cols; ++j)
        result(j) = static_cast<double>(arma::vec(order(A.col(j))).index_max());
    return result;
}

vec squared_lengths(const mat& A) {
    vec result(A.n_cols);
    for (uword j = 0; j < A.n_cols; ++j)
        result(j) = arma::dot(A.col(j), A.col(j));
    return result;
}

// Element (i, j) is a(i) + product_times * product(i, j) + b(j).
mat three_terms(const vec& a, double product_times, const mat& product, const vec& b) {
    mat result = product_times * product;
    for (uword j = 0; j < result.n_cols; ++j)
        result.col(j) += a + b(j);
    return result;
}

Text other_axis() { return tr("this is the other axis: 0 goes down a column, 1 goes along a row"); }

Text as_positions() {
    return tr("the numbers were used as positions in memory: those below the number of rows all lie in the first "
              "column (handout, fancy indexing)");
}

Text row_by_row() {
    return tr("the positions count as NumPy's memory does, row by row: Armadillo's goes down the columns (handout, "
              "fancy indexing)");
}

Text columns_for_rows() {
    return tr("the number of columns was taken for the number of rows: from one column to the next it is n_rows "
              "positions");
}

Text mean_for_sum() { return tr("the mean was taken where the sum is wanted"); }

Text sides_exchanged() { return tr("rows and columns are exchanged: the result is turned"); }

}  // namespace

namespace mistakes {

std::vector<Mistake> center_rows(const mat& A, const mat& right) {
    const vec means = arma::mean(A, 1);
    std::vector<Mistake> result{
        {A.each_row() - arma::mean(A, 0), other_axis()},
        {A - arma::accu(A) / static_cast<double>(A.n_elem),
         tr("one mean of the whole matrix was subtracted: each row has a mean of its own")},
        {means, tr("these are the means themselves: subtract each from its row")},
        {A.each_col() - arma::sum(A, 1), tr("the sum of each row was subtracted, and not its mean")},
        {right.each_col() / arma::stddev(A, 0, 1),
         tr("the rows were also divided by their standard deviation: only the mean goes")},
    };
    if (A.is_square()) result.push_back({A.each_col() - arma::mean(A, 0).t(), other_axis()});
    return result;
}

std::vector<Mistake> normalize_columns(const mat& A) {
    const rowvec sums = arma::sum(A, 0);
    std::vector<Mistake> result{
        {A.each_col() / arma::sum(A, 1), other_axis()},
        {arma::normalise(A),
         tr("each column has length 1, the L2 norm that arma::normalise takes unless told otherwise: its sum is to "
            "be 1")},
        {A.each_row() / arma::max(A, 0), tr("each column was divided by its largest element, and not by its sum")},
        {A / arma::accu(A), tr("the whole matrix sums to 1: each column has a sum of its own")},
        {sums, tr("these are the sums themselves: divide each column by its own")},
        {A.each_row() / arma::mean(A, 0), mean_for_sum()},
    };
    if (A.is_square()) result.push_back({A.each_row() / arma::sum(A, 1).t(), other_axis()});
    return result;
}

std::vector<Mistake> log_sum_exp(const mat& A) {
    const rowvec largest = arma::max(A, 0);
    const rowvec one_for_all(A.n_cols, arma::fill::value(A.max()));
    return {
        {log_of_shifted(A, largest), tr("the shift was not added back: log(sum(exp(x - c))) is c too small")},
        {log_of_shifted(A, largest) - largest, tr("the shift was subtracted once more: after the logarithm it is to be "
                                                  "added back")},
        {arma::log(arma::sum(arma::exp(A), 0)),
         tr("there is no shift: exp(1e4) is infinite, and exp(-1e4) is 0, whose logarithm is -inf")},
        {log_sum_exp_with(A, one_for_all),
         tr("one shift for the whole matrix: in a column far below it every exp is 0; each column needs a shift of "
            "its own")},
        {log_sum_exp_with(A, arma::min(A, 0)),
         tr("the shift by the smallest element makes the others large, and their exp infinite: which element should "
            "become 0?")},
        {largest, tr("these are the largest elements themselves: the logarithm of the sum is missing")},
        {largest + arma::log(arma::mean(arma::exp(A.each_row() - largest), 0)), mean_for_sum()},
        {log_sum_exp_with(A.t(), arma::max(A, 1).t()), other_axis()},
    };
}

std::vector<Mistake> one_hot(const uvec& labels, uword n_classes) {
    const uword m = labels.n_elem;
    const uvec columns = numbers_below(m);
    uvec right = labels;
    for (uword j = 0; j < m; ++j)
        right(j) += j * n_classes;
    const mat identity(n_classes, n_classes, arma::fill::eye);
    const mat up_to_the_largest(labels.max() + 1, labels.max() + 1, arma::fill::eye);
    mat whole_rows(n_classes, m, arma::fill::zeros);
    whole_rows.rows(labels).ones();
    const Text off_by_one = tr("the 1s stand one row too low or too high: classes count from 0, as rows do");
    return {
        {identity.rows(labels), sides_exchanged()},
        {ones_at(labels, n_classes, m), as_positions()},
        {ones_at(labels * m + columns, n_classes, m), row_by_row()},
        {ones_at(labels + m * columns, n_classes, m), columns_for_rows()},
        {ones_at(right + 1, n_classes, m), off_by_one},
        {ones_at(right - 1, n_classes, m), off_by_one},
        {whole_rows, tr("whole rows hold ones: a list of rows with a list of columns is the block of all pairs, "
                        "np.ix_ in NumPy, and not one element for each label")},
        {up_to_the_largest.cols(labels),
         tr("there are as many rows as the largest label asks for: a class that does not occur has a row, too")},
    };
}

std::vector<Mistake> pick_per_column(const mat& A, const uvec& rows) {
    const uvec columns = numbers_below(A.n_cols);
    std::vector<Mistake> result{
        {A.elem(rows), as_positions()},
        {A.elem(rows * A.n_cols + columns), row_by_row()},
    };
    if (A.n_cols <= A.n_rows) result.push_back({A.elem(rows + A.n_cols * columns), columns_for_rows()});
    return result;
}

std::vector<Mistake> argmax_per_column(const mat& A) {
    const vec right = argmax(A, [](const vec& column) { return column; });
    const vec from_the_end = argmax(A, [](const vec& column) { return arma::reverse(column); });
    const auto of_all = static_cast<double>(A.index_max());
    const Text global = tr("this is the position of the largest element of the whole matrix: each column has one of "
                           "its own");
    return {
        {as_numbers(arma::index_max(A, 1)), other_axis()},
        {vec(1, arma::fill::value(of_all)), global},
        {vec(A.n_cols, arma::fill::value(of_all)), global},
        {as_numbers(arma::conv_to<uvec>::from(arma::max(A, 0))),
         tr("these are the largest elements themselves, as whole numbers: the rows in which they stand are wanted")},
        {argmax(-A, [](const vec& column) { return column; }),
         tr("the smallest element of each column was looked for")},
        {static_cast<double>(A.n_rows - 1) - from_the_end,
         tr("of equal elements the last was taken: the first counts")},
        {argmax(arma::abs(A), [](const vec& column) { return column; }),
         tr("the largest absolute value was looked for: -4 is smaller "
            "than 2")},
        {right + 1, tr("the rows are counted from 1 here: they count from 0")},
        {right + static_cast<double>(A.n_rows) * as_numbers(numbers_below(A.n_cols)),
         tr("these are positions in memory: the number of the row within its column is wanted")},
    };
}

std::vector<Mistake> accuracy(const uvec& predicted, const uvec& labels) {
    const auto right = static_cast<double>(arma::accu(predicted == labels));
    const double fraction = right / static_cast<double>(labels.n_elem);
    return {
        mistake(100 * fraction, tr("this is a percentage: the contract wants a fraction, from 0 to 1")),
        mistake(right, tr("this is how many are right: divide by how many there are")),
        mistake(1 - fraction, tr("this is the fraction that is wrong")),
        mistake(0, tr("whole numbers divide to whole numbers, and a mean of them is one too: convert before you divide "
                      "(handout, From NumPy to Armadillo)")),
    };
}

std::vector<Mistake> squared_distances(const mat& A, const mat& B) {
    const mat product = A.t() * B;
    const vec a = squared_lengths(A);
    const vec b = squared_lengths(B);
    const mat right = three_terms(a, -2, product, b);
    const Text only_product = tr("this is the product alone: the squares of the lengths, |a|^2 and |b|^2, are missing");
    std::vector<Mistake> result{
        {three_terms(a, 0, product, b),
         tr("-2 a.b is missing: |a|^2 + |b|^2 is the squared distance only where a and b are at right angles")},
        {three_terms(a, -1, product, b), tr("a.b was subtracted once: it occurs twice in |a - b|^2")},
        {three_terms(a, 2, product, b), tr("this is |a + b|^2: the product is to be subtracted")},
        {arma::sqrt(arma::clamp(right, 0.0, arma::datum::inf)),
         tr("these are the distances: the contract wants their squares, so no root is taken")},
        {product, only_product},
        {-2 * product, only_product},
        {right.t(), sides_exchanged()},
    };
    if (A.n_cols == B.n_cols)
        result.push_back({three_terms(b, -2, product, a),
                          tr("|a|^2 and |b|^2 have changed places: row i belongs to column i of A")});
    if (A.is_square() && B.is_square())
        result.push_back({three_terms(squared_lengths(A.t()), -2, product, squared_lengths(B.t())), other_axis()});
    return result;
}

std::vector<Mistake> sum_outer_products(const mat& A, const mat& B, const mat& right) {
    const Text one_column = tr("this is the product of one column of each: add up those of all columns");
    std::vector<Mistake> result{
        {right / static_cast<double>(A.n_cols), mean_for_sum()},
        {right.t(), sides_exchanged()},
        {arma::sum(A, 1) * arma::sum(B, 1).t(),
         tr("the columns were added up before the product: the product of two sums is not the sum of the products")},
        {A.head_cols(1) * B.head_cols(1).t(), one_column},
        {A.tail_cols(1) * B.tail_cols(1).t(), one_column},
    };
    if (A.n_rows == B.n_rows) {
        result.push_back({A.t() * B, tr("A.t() * B sums over the rows, for each pair of columns: the columns are to "
                                        "vanish, so they must meet in the product")});
        result.push_back({A % B, tr("% goes element by element and adds nothing up: the matrix product is *")});
    }
    if (A.n_cols == B.n_rows)
        result.push_back({A * B, tr("A * B lets columns of A meet rows of B: which index do A and B share?")});
    return result;
}

std::vector<Mistake> least_squares(const mat& A, const mat& B, const mat& right) {
    return {
        {arma::solve(B, A), tr("A and B have changed places: this makes B * R closest to A")},
        {right.t(), sides_exchanged()},
        {A.t() * B, tr("this is the right-hand side of the normal equations: nothing has been solved yet")},
    };
}

}  // namespace mistakes
