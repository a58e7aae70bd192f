// case: subtracts 1 at the class before the label
// fails: all
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    const arma::uvec before = labels - arma::conv_to<arma::uvec>::from(labels > 0);
    delta.elem(before + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0 / double(labels.n_elem);
    return {images * delta.t(), arma::sum(delta, 1)};
}
