// case: each_col with a lambda
// rules: lambda, loop
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    probs.each_col([](arma::vec& x) { x = arma::normalise(arma::exp(x - x.max()), 1); });
    return probs;
}
