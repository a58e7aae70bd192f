// case: returns the right-hand side of the normal equations
// fails: least_squares
// hints: nothing has been solved
#include "vec_exos.hpp"

arma::mat least_squares(const arma::mat& A, const arma::mat& B) { return A.t() * B; }
