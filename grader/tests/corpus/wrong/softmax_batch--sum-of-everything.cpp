// case: divides by the sum of the whole batch
// fails: all
// says: the probability should be
// hints: whole batch sums
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    return probs / arma::accu(probs);
}
