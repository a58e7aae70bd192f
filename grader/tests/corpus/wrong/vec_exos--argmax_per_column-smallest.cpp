// case: looks for the smallest
// fails: argmax_per_column
// hints: smallest element
#include "vec_exos.hpp"

arma::uvec argmax_per_column(const arma::mat& A) { return arma::index_min(A, 0).t(); }
