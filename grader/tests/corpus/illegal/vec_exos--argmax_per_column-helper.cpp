// case: a loop in a helper of one of the ten
// rules: loop, statements
#include "vec_exos.hpp"

namespace {

arma::uword first_largest(const arma::mat& A, arma::uword j) { return A.col(j).index_max(); }

arma::uvec all(const arma::mat& A) {
    arma::uvec result(A.n_cols);
    for (arma::uword j = 0; j < A.n_cols; ++j) result(j) = first_largest(A, j);
    return result;
}

}  // namespace

arma::uvec argmax_per_column(const arma::mat& A) { return all(A); }
