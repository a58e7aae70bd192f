// case: three statements, and three more in a helper
// rules: statements
#include "softmax_reg_vec.hpp"

static arma::mat raised(const arma::mat& logits) {
    const arma::rowvec largest = arma::max(logits, 0);
    const arma::mat shifted = logits.each_row() - largest;
    return arma::exp(shifted);
}

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = raised(logits);
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
