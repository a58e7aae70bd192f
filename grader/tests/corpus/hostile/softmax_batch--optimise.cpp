// case: asks for flags of its own
// run time: any
#include "softmax_reg_vec.hpp"

#pragma GCC optimize("O3,fast-math")
#pragma GCC target("avx2")

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
