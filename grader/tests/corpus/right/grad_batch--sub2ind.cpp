// case: sub2ind, and the gradient as one join of images and ones
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta(arma::sub2ind(arma::size(delta),
                        arma::umat(arma::join_cols(labels.t(), arma::regspace<arma::urowvec>(0, labels.n_elem - 1))))) -= 1;
    const arma::mat both = arma::join_cols(images, arma::ones<arma::rowvec>(images.n_cols)) * delta.t() / images.n_cols;
    return Gradients{both.head_rows(images.n_rows), both.tail_rows(1).t()};
}
