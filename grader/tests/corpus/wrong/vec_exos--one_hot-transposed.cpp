// case: a row for each label
// fails: one_hot
// says: should be 5 x 3 but is 3 x 5
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    const arma::mat identity(n_classes, n_classes, arma::fill::eye);
    return identity.rows(labels);
}
