// case: the product of the last columns alone
// fails: sum_outer_products
// hints: one column of each
#include "vec_exos.hpp"

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) {
    return A.col(A.n_cols - 1) * B.col(B.n_cols - 1).t();
}
