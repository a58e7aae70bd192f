// case: sub2ind
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    const arma::urowvec columns = arma::regspace<arma::urowvec>(0, labels.n_elem - 1);
    delta(arma::sub2ind(arma::size(delta), arma::umat(arma::join_cols(labels.t(), columns)))) -= 1;
    return {images * delta.t() / images.n_cols, arma::mean(delta, 1)};
}
