// case: returns -2 a.b
// fails: squared_distances
// hints: product alone
#include "vec_exos.hpp"

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) { return -2.0 * A.t() * B; }
