// case: takes the other axis, in all that have one
// fails: center_rows, normalize_columns, log_sum_exp, argmax_per_column, squared_distances
// hints: other axis
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) { return A.each_row() - arma::mean(A, 0); }

arma::mat normalize_columns(const arma::mat& A) { return A.each_col() / arma::sum(A, 1); }

arma::rowvec log_sum_exp(const arma::mat& A) {
    const arma::vec largest = arma::max(A, 1);
    return (largest + arma::log(arma::sum(arma::exp(A.each_col() - largest), 1))).t();
}

arma::uvec argmax_per_column(const arma::mat& A) { return arma::index_max(A, 1); }

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    arma::mat distances = -2.0 * A.t() * B;
    distances.each_col() += arma::sum(arma::square(A), 1);
    distances.each_row() += arma::sum(arma::square(B), 1).t();
    return distances;
}
