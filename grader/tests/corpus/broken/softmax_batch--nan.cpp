// case: not a number in the last column
// fails: all
// says: but is nan
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1);
    probs.tail_cols(1).fill(arma::datum::nan);
    return probs;
}
