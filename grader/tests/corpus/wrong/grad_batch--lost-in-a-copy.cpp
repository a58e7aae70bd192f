// case: subtracts 1 from a copy
// fails: all
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    const arma::mat delta = probs / static_cast<double>(labels.n_elem);
    arma::mat(delta).elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    return {images * delta.t(), arma::sum(delta, 1)};
}
