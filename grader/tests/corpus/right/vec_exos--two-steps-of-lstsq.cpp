// case: solves with an option, names its result
#include "vec_exos.hpp"

arma::mat least_squares(const arma::mat& A, const arma::mat& B) {
    const arma::mat W = arma::solve(A, B, arma::solve_opts::refine);
    return W;
}
