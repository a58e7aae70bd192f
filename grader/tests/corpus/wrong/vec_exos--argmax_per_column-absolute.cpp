// case: the largest absolute value
// fails: argmax_per_column
// hints: absolute value
#include "vec_exos.hpp"

arma::uvec argmax_per_column(const arma::mat& A) { return arma::index_max(arma::abs(A), 0).t(); }
