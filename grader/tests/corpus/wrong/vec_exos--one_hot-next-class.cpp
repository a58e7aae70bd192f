// case: puts the 1 one row too low
// fails: one_hot
// hints: count from 0
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    const arma::mat identity(n_classes + 1, n_classes + 1, arma::fill::eye);
    return identity.cols(labels + 1).eval().head_rows(n_classes);
}
