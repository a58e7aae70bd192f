// case: the softmax of each row, not of each column
// fails: all
// says: the probability should be
// hints: rows sum to 1
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_col() - arma::max(logits, 1));
    probs.each_col() /= arma::sum(probs, 1);
    return probs;
}
