// case: transposes neither
// fails: sum_outer_products
// hints: which index do A and B share
#include "vec_exos.hpp"

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) { return A * B; }
