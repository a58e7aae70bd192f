// case: divides by the largest element
// fails: normalize_columns
// hints: largest element
#include "vec_exos.hpp"

arma::mat normalize_columns(const arma::mat& A) { return A.each_row() / arma::max(A, 0); }
