// case: returns a.b
// fails: squared_distances
// hints: product alone
#include "vec_exos.hpp"

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) { return A.t() * B; }
