// case: takes the largest probability instead of the largest logit
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    arma::mat logits = W.t() * images;
    logits.each_col() += b;
    const arma::uvec predicted = arma::index_max(softmax_batch(logits), 0).t();
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
