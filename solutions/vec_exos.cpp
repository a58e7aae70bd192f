// Step 4: ten small exercises on vectorising and broadcasting. Each function: at most four statements, no loop.
// LOOPS A comment says what a loop does, or a formula; R is the result, A(i, j) the element in row i and column j.
// NUMPY A comment says what NumPy writes for an array of the same shape.
// What Armadillo calls it is in the handout's table.
// Do them in this order: each idea comes back in steps 6 and 9.
#include "vec_exos.hpp"

// A (p x m) -> p x m, every row has mean 0. A column broadcasts through each_col().
// LOOPS Loop: for each row i: c = (A(i, 0) + ... + A(i, m-1)) / m; then R(i, j) = A(i, j) - c for each j
// NumPy: A - A.mean(axis=1, keepdims=True)
arma::mat center_rows(const arma::mat& A) {
    // ANSWER at most four statements, no loop
    return A.each_col() - arma::mean(A, 1);
    // END ANSWER
}

// A (p x m) -> p x m, every column sums to 1. A row broadcasts through each_row().
// LOOPS Loop: for each column j: s = A(0, j) + ... + A(p-1, j); then R(i, j) = A(i, j) / s for each i
// NumPy: A / A.sum(axis=0)
arma::mat normalize_columns(const arma::mat& A) {
    // ANSWER at most four statements, no loop
    return A.each_row() / arma::sum(A, 0);
    // END ANSWER
}

// A (p x m) -> 1 x m. exp(1e4) is infinite: take the largest element out of the sum first.
// LOOPS Loop: for each column j: c = its largest; s = exp(A(0, j) - c) + ... + exp(A(p-1, j) - c); R(j) = c + log(s)
// NumPy: c = A.max(axis=0); c + np.log(np.exp(A - c).sum(axis=0))
arma::rowvec log_sum_exp(const arma::mat& A) {
    // ANSWER at most four statements, no loop
    const arma::rowvec largest = arma::max(A, 0);
    return largest + arma::log(arma::sum(arma::exp(A.each_row() - largest), 0));
    // END ANSWER
}

// labels (m) -> n_classes x m.
// LOOPS Loop: for each column j: R(k, j) = 1 if k is labels(j), else 0, for each k
// NUMPY The columns of the identity matrix that the labels name.
// NUMPY NumPy: np.eye(n_classes)[:, labels]
arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    // ANSWER at most four statements, no loop
    const arma::mat identity(n_classes, n_classes, arma::fill::eye);
    return identity.cols(labels);
    // END ANSWER
}

// A (p x m), rows (m) -> m. Armadillo indexes by position in memory: A(i, j) stands at i + j * p. See elem, regspace.
// LOOPS Loop: for each column j: R(j) = A(rows(j), j)
// NUMPY NumPy: A[rows, np.arange(m)]
arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) {
    // ANSWER at most four statements, no loop
    return A.elem(rows + A.n_rows * arma::regspace<arma::uvec>(0, A.n_cols - 1));
    // END ANSWER
}

// A (p x m) -> m row numbers. What Armadillo finds along a column is a row: transpose it.
// LOOPS Loop: for each column j: r = 0; for each i: r = i if A(i, j) > A(r, j); then R(j) = r
// NUMPY NumPy: A.argmax(axis=0)
arma::uvec argmax_per_column(const arma::mat& A) {
    // ANSWER at most four statements, no loop
    return arma::index_max(A, 0).t();
    // END ANSWER
}

// predicted (m), labels (m) -> in [0, 1]. The mean of whole numbers is a whole number: see arma::conv_to.
// LOOPS Loop: n = 0; for each j: n = n + 1 if predicted(j) is labels(j); then R = n / m
// NUMPY NumPy: np.mean(predicted == labels)
double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {
    // ANSWER at most four statements, no loop
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
    // END ANSWER
}

// A (p x m), B (p x n) -> m x n, from column i of A, a, and column j of B, b. One matrix product does the work.
// Formula: R(i, j) = |a - b|^2 = |a|^2 - 2 a.b + |b|^2
// NUMPY NumPy, too slow and too large: ((A[:, :, None] - B[:, None, :]) ** 2).sum(axis=0)
arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    // ANSWER at most four statements, no loop
    arma::mat distances = -2.0 * A.t() * B;
    distances.each_col() += arma::sum(arma::square(A), 0).t();
    distances.each_row() += arma::sum(arma::square(B), 0);
    return arma::clamp(distances, 0.0, arma::datum::inf);  // rounding can leave -1e-16 where a distance is 0
    // END ANSWER
}

// A (p x m), B (q x m) -> p x q. Write the sum over j as one matrix product.
// Formula: R = the sum of a * b^T over j, where a is column j of A (p) and b is column j of B (q)
// NUMPY NumPy, with the loop: sum(np.outer(A[:, j], B[:, j]) for j in range(m))
arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) {
    // ANSWER at most four statements, no loop
    return A * B.t();
    // END ANSWER
}

// A (m x p), B (m x q) -> p x q. LAPACK does it, from A itself: A.t() * A would lose half of the digits.
// Formula: R is the matrix for which the sum of the squares of A * R - B is smallest
// NUMPY NumPy: np.linalg.lstsq(A, B)[0]
arma::mat least_squares(const arma::mat& A, const arma::mat& B) {
    // ANSWER at most four statements, no loop
    return arma::solve(A, B);
    // END ANSWER
}
