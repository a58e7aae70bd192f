// case: takes the labels for numbers of columns
// fails: all
// hints: numbers of columns
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    return -arma::accu(arma::log(probs.cols(labels)));
}
