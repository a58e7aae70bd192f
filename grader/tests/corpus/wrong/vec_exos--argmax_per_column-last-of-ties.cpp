// case: of equal ones takes the last
// fails: argmax_per_column
// hints: the first counts
#include "vec_exos.hpp"

arma::uvec argmax_per_column(const arma::mat& A) { return A.n_rows - 1 - arma::index_max(arma::flipud(A), 0).t(); }
