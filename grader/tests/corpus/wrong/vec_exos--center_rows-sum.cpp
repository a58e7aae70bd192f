// case: subtracts the sum of each row
// fails: center_rows
// hints: and not its mean
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) { return A.each_col() - arma::sum(A, 1); }
