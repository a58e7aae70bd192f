// case: flags of its own by pragma
// rules: pragma
#include "softmax_reg_vec.hpp"

#pragma GCC optimize("fast-math")

arma::mat softmax_batch(const arma::mat& logits) {
    return arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1);
}
