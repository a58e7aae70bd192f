// case: solves in single precision
// fails: least_squares
// hints: float keeps 7 digits
#include "vec_exos.hpp"

arma::mat least_squares(const arma::mat& A, const arma::mat& B) {
    return arma::conv_to<arma::mat>::from(
        arma::solve(arma::conv_to<arma::fmat>::from(A), arma::conv_to<arma::fmat>::from(B)));
}
