// case: factors that do not fit
// fails: all
// says: threw an exception: .*incompatible matrix dimensions
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    const arma::mat identity(probs.n_rows, probs.n_rows, arma::fill::eye);
    return {images * (probs - identity.cols(labels)), arma::mean(probs, 1)};
}
