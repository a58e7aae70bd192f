// case: one-hot by comparing repeated labels with repeated classes
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    const arma::umat classes = arma::repmat(arma::regspace<arma::uvec>(0, probs.n_rows - 1), 1, probs.n_cols);
    const arma::umat is_label = classes == arma::repmat(labels.t(), probs.n_rows, 1);
    const arma::mat delta = (probs - arma::conv_to<arma::mat>::from(is_label)) / probs.n_cols;
    return {images * delta.t(), arma::sum(delta, 1)};
}
