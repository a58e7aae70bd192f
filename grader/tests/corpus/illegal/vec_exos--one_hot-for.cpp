// case: a loop in one of the ten, which another function of the file then uses
// rules: loop
// replaces: one_hot
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    arma::mat result(n_classes, labels.n_elem, arma::fill::zeros);
    for (arma::uword j = 0; j < labels.n_elem; ++j) result(labels(j), j) = 1.0;
    return result;
}
