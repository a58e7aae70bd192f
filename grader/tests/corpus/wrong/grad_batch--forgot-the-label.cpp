// case: forgets to subtract 1 at the label
// fails: all
// hints: nothing was subtracted
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    const arma::mat delta = probs / static_cast<double>(labels.n_elem);
    return {images * delta.t(), arma::sum(delta, 1)};
}
