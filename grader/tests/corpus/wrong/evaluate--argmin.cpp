// case: takes the smallest logit
// fails: all
// hints: the smallest logit was taken
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    arma::mat logits = images.t() * W;
    logits.each_row() += b.t();
    const arma::uvec predicted = arma::index_min(logits, 1);
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
