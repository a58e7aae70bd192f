// case: subtracts 1 from the whole rows that the labels name
// fails: all
// hints: whole rows
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.rows(arma::unique(labels)) -= 1.0;
    delta /= static_cast<double>(labels.n_elem);
    return {images * delta.t(), arma::sum(delta, 1)};
}
