// case: right, with 40 MB of numbers in the object
// run time: all
// graded: all
#include "softmax_reg_vec.hpp"

char large[40u << 20u] = {1};

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
