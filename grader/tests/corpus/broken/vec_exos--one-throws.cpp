// case: one function throws
// fails: one_hot
// says: threw an exception
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    return arma::mat(n_classes, n_classes, arma::fill::eye).cols(labels + 1000);
}
