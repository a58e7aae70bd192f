// case: the inner products: transposes the other factor
// fails: sum_outer_products
// hints: sums over the rows
#include "vec_exos.hpp"

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) { return A.t() * B; }
