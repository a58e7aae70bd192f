// case: swaps the two sides
// fails: least_squares
// hints: changed places
#include "vec_exos.hpp"

arma::mat least_squares(const arma::mat& A, const arma::mat& B) { return arma::solve(B, A); }
