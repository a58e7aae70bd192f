// case: subtracts columns of the identity matrix
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    const arma::mat identity(probs.n_rows, probs.n_rows, arma::fill::eye);
    const arma::mat delta = (probs - identity.cols(labels)) / static_cast<double>(images.n_cols);
    return {images * delta.t(), arma::sum(delta, 1)};
}
