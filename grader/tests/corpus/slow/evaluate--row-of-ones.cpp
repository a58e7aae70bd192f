// case: b as one more row of W, and a row of ones under the images
// says: ^each evaluation of 256 images makes one matrix as large as its images.*\(evaluate.cpp:4\)$
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    const arma::mat with_ones = arma::join_cols(images, arma::ones<arma::mat>(1, images.n_cols));
    const arma::mat logits = arma::join_cols(W, b.t()).t() * with_ones;
    const arma::uvec predicted = arma::index_max(logits, 0).t();
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
