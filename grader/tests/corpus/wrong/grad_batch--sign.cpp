// case: labels minus probabilities
// fails: all
// hints: the sign
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = -probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) += 1.0;
    delta /= static_cast<double>(labels.n_elem);
    return {images * delta.t(), arma::sum(delta, 1)};
}
