// case: normalises a copy and returns the original
// fails: all
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    arma::mat copy = probs;
    copy.each_row() /= arma::sum(probs, 0);
    return probs;
}
