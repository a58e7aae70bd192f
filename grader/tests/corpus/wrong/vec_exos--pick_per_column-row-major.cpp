// case: positions as in NumPy's memory, row by row
// fails: pick_per_column
#include "vec_exos.hpp"

arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) {
    return A.elem(rows * A.n_cols + arma::regspace<arma::uvec>(0, A.n_cols - 1));
}
