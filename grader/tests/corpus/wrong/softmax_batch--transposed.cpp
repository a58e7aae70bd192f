// case: returns an image a row, as in NumPy
// fails: all
// says: should be 3 x 4 but is 4 x 3
// hints: exchanged
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs.t();
}
