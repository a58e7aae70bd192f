// case: repmat for b
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    const arma::mat logits = W.t() * images + arma::repmat(b, 1, images.n_cols);
    const arma::uvec predicted = arma::index_max(logits, 0).t();
    const arma::vec right = arma::conv_to<arma::vec>::from(predicted == labels);
    return arma::mean(right);
}
