// case: divides by the number of classes instead of that of images
// fails: all
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    delta /= static_cast<double>(delta.n_rows);
    return {images * delta.t(), arma::sum(delta, 1)};
}
