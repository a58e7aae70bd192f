// case: subtracts a sparse one-hot matrix; mean for b
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    const arma::umat places = arma::join_cols(labels.t(), arma::regspace<arma::urowvec>(0, labels.n_elem - 1));
    const arma::sp_mat one_hot(places, arma::ones(labels.n_elem), probs.n_rows, probs.n_cols);
    const arma::mat delta = probs - one_hot;
    return {images * delta.t() / double(labels.n_elem), arma::mean(delta, 1)};
}
