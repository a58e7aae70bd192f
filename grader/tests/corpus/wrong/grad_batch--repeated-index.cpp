// case: the block of all labels and all images, in which a label that repeats counts each time
// fails: all
// hints: NumPy counts a repeated index once
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta(labels, arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    delta /= static_cast<double>(labels.n_elem);
    return {images * delta.t(), arma::sum(delta, 1)};
}
