// case: the product of the sums
// fails: sum_outer_products
// hints: is not the sum of the products
#include "vec_exos.hpp"

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) { return arma::sum(A, 1) * arma::sum(B, 1).t(); }
