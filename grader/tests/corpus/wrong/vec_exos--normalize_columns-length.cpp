// case: normalises to Euclidean length 1, the default of arma::normalise
// fails: normalize_columns
// hints: L2 norm
#include "vec_exos.hpp"

arma::mat normalize_columns(const arma::mat& A) { return arma::normalise(A); }
