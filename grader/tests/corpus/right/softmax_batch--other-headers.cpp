// case: includes small standard headers, and an assertion
#include <cassert>
#include <cmath>
#include <iostream>

#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    assert(!logits.is_empty());
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
