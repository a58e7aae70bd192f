// case: five statements
// rules: statements
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::rowvec largest = arma::max(logits, 0);
    arma::mat probs = logits.each_row() - largest;
    probs = arma::exp(probs);
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
