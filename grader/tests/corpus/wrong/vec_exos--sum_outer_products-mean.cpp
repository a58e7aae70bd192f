// case: the mean instead of the sum
// fails: sum_outer_products
#include "vec_exos.hpp"

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) {
    return A * B.t() / static_cast<double>(A.n_cols);
}
