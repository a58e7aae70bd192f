// case: forgets b
// fails: all
// says: the accuracy should be
// hints: b was forgotten
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    const arma::uvec predicted = arma::index_max(images.t() * W + 0.0 * b(0), 1);
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
