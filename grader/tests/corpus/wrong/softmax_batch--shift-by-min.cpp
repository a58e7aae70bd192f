// case: subtracts the minimum
// fails: large logits
// says: is -?(nan|inf)
// hints: the shift by the smallest element
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::min(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
