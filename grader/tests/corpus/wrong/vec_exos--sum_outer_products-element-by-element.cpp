// case: % for the product of matrices
// fails: sum_outer_products
// hints: element by element
#include "vec_exos.hpp"

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) { return A % B; }
