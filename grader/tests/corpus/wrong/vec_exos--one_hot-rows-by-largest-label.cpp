// case: as many rows as the largest label asks for, instead of n_classes
// fails: one_hot
// hints: as many rows as the largest label
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    const arma::uword n = std::min(n_classes, labels.max() + 1);
    const arma::mat identity(n, n, arma::fill::eye);
    return identity.cols(labels);
}
