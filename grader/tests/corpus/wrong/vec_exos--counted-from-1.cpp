// case: counts classes and rows from 1
// fails: one_hot, argmax_per_column
// hints: count from 0
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    arma::mat result(n_classes, labels.n_elem, arma::fill::zeros);
    result.elem(labels - 1 + n_classes * arma::regspace<arma::uvec>(0, labels.n_elem - 1)).ones();
    return result;
}

arma::uvec argmax_per_column(const arma::mat& A) { return arma::index_max(A, 0).t() + 1; }
