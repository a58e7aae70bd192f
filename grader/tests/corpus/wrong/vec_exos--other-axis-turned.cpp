// case: takes the other axis and turns what does not fit then
// fails: center_rows, normalize_columns
// hints: other axis
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) { return A.each_col() - arma::mean(A, 0).t(); }

arma::mat normalize_columns(const arma::mat& A) { return A.each_row() / arma::sum(A, 1).t(); }
