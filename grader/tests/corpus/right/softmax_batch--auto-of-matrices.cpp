// case: auto where the type is a matrix, and eval() where it is not
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const auto largest = arma::max(logits, 0).eval();
    auto probs = arma::exp(logits.each_row() - largest).eval();
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
