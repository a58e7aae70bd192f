// case: subtracts 1 at the class before the true one, as if classes counted from 1
// fails: all
// hints: off by one
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs / static_cast<double>(labels.n_elem);
    const arma::uvec columns = arma::regspace<arma::uvec>(0, labels.n_elem - 1);
    delta.elem(labels - 1 + delta.n_rows * columns) -= 1.0 / static_cast<double>(labels.n_elem);
    return {images * delta.t(), arma::sum(delta, 1)};
}
