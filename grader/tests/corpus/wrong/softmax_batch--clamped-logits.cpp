// case: cuts large logits off instead of shifting them
// fails: large logits
// says: should be
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(arma::clamp(logits, -700.0, 700.0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
