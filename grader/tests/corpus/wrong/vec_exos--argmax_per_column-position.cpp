// case: returns positions in memory
// fails: argmax_per_column
// hints: positions in memory: the number of the row
#include "vec_exos.hpp"

arma::uvec argmax_per_column(const arma::mat& A) {
    const arma::uvec row = arma::index_max(A, 0).t();
    return row + A.n_rows * arma::regspace<arma::uvec>(0, A.n_cols - 1);
}
