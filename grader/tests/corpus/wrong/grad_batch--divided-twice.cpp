// case: divides by the size of the batch twice
// fails: all
// hints: twice
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    delta /= static_cast<double>(labels.n_elem);
    return {images * delta.t() / static_cast<double>(labels.n_elem), arma::mean(delta, 1)};
}
