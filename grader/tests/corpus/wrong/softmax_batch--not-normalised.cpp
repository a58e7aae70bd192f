// case: forgets to divide by the sum
// fails: all
// says: the probability should be
// hints: divided by|divide each
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    return arma::exp(logits.each_row() - arma::max(logits, 0));
}
