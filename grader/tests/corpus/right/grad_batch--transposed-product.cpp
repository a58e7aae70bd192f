// case: the transpose of delta * images.t()
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= arma::ones(labels.n_elem);
    return {(delta * images.t()).t() / labels.n_elem, arma::vec(arma::mean(delta.t(), 0).t())};
}
