// case: written, with the line of the stub left behind
// fails: all
// says: still throws
#include "softmax_reg_vec.hpp"



arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    throw lab::NotImplemented(logits);
    return probs;
}
