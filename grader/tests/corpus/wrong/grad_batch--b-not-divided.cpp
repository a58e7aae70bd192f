// case: divides W alone by the size of the batch
// fails: gradient of b, central differences
// says: the gradient of b
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    return {images * delta.t() / static_cast<double>(labels.n_elem), arma::sum(delta, 1)};
}
