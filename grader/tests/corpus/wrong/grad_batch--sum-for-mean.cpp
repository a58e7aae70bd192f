// case: sums over the batch, not divided by its size
// fails: all
// says: the gradient of [Wb] should be
// hints: the sum over the batch
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    return {images * delta.t(), arma::sum(delta, 1)};
}
