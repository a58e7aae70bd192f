// case: counts positions as in NumPy's memory, row by row
// fails: one_hot, pick_per_column
// hints: row by row
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    arma::mat result(n_classes, labels.n_elem, arma::fill::zeros);
    result.elem(labels * labels.n_elem + arma::regspace<arma::uvec>(0, labels.n_elem - 1)).ones();
    return result;
}

arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) {
    return A.elem(rows * A.n_cols + arma::regspace<arma::uvec>(0, A.n_cols - 1));
}
