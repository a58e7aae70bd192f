// case: the images are divided by m, and not the K x m numbers
// says: ^each batch makes one matrix as large as its images, 401 KB.*\(grad_batch.cpp:7\)$
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    const double m = static_cast<double>(labels.n_elem);
    return {(images / m) * delta.t(), arma::mean(delta, 1)};
}
