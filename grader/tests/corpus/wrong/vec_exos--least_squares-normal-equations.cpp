// case: solves the normal equations, which have half of the digits
// fails: least_squares
// hints: half of the digits are lost
#include "vec_exos.hpp"

arma::mat least_squares(const arma::mat& A, const arma::mat& B) { return arma::solve(A.t() * A, A.t() * B); }
