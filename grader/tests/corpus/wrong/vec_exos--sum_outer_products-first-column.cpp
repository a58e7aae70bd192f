// case: the product of the first columns alone
// fails: sum_outer_products
// hints: one column of each
#include "vec_exos.hpp"

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) { return A.col(0) * B.col(0).t(); }
