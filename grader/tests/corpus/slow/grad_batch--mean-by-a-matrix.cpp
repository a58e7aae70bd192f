// case: each image is scaled by a product with a diagonal matrix
// says: ^the products that each batch makes take [0-9] times.*one matrix as large.*\(grad_batch.cpp:6\)$
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    const arma::mat scaled = images * arma::mat(arma::eye(probs.n_cols, probs.n_cols) / double(probs.n_cols));
    return {scaled * delta.t(), arma::mean(delta, 1)};
}
