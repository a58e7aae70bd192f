// case: Windows line ends and a byte order mark in the file of all ten
// encoded: crlf, bom
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    arma::mat identity = arma::eye<arma::mat>(n_classes, n_classes);
    return identity.cols(labels);
}
