// case: takes labels for positions in the whole batch: all from the first columns; b sums over them
// fails: gradient of W, central differences
// hints: positions in memory
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.elem(labels) -= 1.0;
    delta /= static_cast<double>(labels.n_elem);
    return {images * delta.t(), arma::sum(delta, 1)};
}
