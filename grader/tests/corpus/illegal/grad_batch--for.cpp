// case: a for loop over the images
// rules: loop
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs / static_cast<double>(labels.n_elem);
    for (arma::uword j = 0; j < labels.n_elem; ++j) delta(labels(j), j) -= 1.0 / static_cast<double>(labels.n_elem);
    return {images * delta.t(), arma::sum(delta, 1)};
}
