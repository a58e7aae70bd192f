// case: a for loop over the images
// rules: loop
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    double right = 0.0;
    for (arma::uword j = 0; j < labels.n_elem; ++j)
        right += arma::vec(W.t() * images.col(j) + b).index_max() == labels(j) ? 1.0 : 0.0;
    return right / static_cast<double>(labels.n_elem);
}
