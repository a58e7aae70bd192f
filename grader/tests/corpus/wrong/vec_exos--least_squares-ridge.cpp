// case: adds a ridge to the normal equations
// fails: least_squares
// hints: a small number was added
#include "vec_exos.hpp"

arma::mat least_squares(const arma::mat& A, const arma::mat& B) {
    return arma::solve(A.t() * A + 1e-6 * arma::eye(A.n_cols, A.n_cols), A.t() * B);
}
