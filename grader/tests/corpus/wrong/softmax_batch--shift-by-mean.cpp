// case: subtracts the mean, which does not keep exp from overflowing
// fails: large logits
// says: is -?(nan|inf)
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::mean(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
