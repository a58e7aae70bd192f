// case: computes in single precision
// fails: all
// says: elements differ
// hints: float
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::fmat probs = arma::conv_to<arma::fmat>::from(logits);
    probs = arma::exp(probs.each_row() - arma::max(probs, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return arma::conv_to<arma::mat>::from(probs);
}
