// case: forgets to subtract the maximum
// fails: large logits
// says: is -?nan
// hints: very negative one 0
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits);
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
