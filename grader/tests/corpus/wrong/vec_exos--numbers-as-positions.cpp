// case: takes row numbers for positions in memory
// fails: one_hot, pick_per_column
// hints: positions in memory: those below
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    arma::mat result(n_classes, labels.n_elem, arma::fill::zeros);
    result.elem(labels).ones();
    return result;
}

arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) { return A.elem(rows); }
