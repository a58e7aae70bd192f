// case: a named result, product with ones for b, all in four statements
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    const arma::mat identity = arma::eye<arma::mat>(probs.n_rows, probs.n_rows);
    const arma::mat delta = probs - identity.cols(labels);
    const double scale = 1.0 / static_cast<double>(images.n_cols);
    return Gradients{scale * (images * delta.t()), scale * (delta * arma::vec(images.n_cols, arma::fill::ones))};
}
