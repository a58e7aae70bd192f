// case: takes the mean where the sum is wanted
// fails: normalize_columns, log_sum_exp, sum_outer_products
// hints: the mean was taken
#include "vec_exos.hpp"

arma::mat normalize_columns(const arma::mat& A) { return A.each_row() / arma::mean(A, 0); }

arma::rowvec log_sum_exp(const arma::mat& A) {
    const arma::rowvec largest = arma::max(A, 0);
    return largest + arma::log(arma::mean(arma::exp(A.each_row() - largest), 0));
}

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) {
    return A * B.t() / static_cast<double>(A.n_cols);
}
