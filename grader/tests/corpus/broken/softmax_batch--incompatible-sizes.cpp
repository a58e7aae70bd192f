// case: a column where a row is needed
// fails: all
// says: threw an exception: .*incompatible
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    return probs.each_row() / arma::sum(probs, 1);
}
