// case: flags of its own by attribute
// rules: attribute
#include "softmax_reg_vec.hpp"

__attribute__((optimize("O3"))) arma::mat softmax_batch(const arma::mat& logits) {
    return arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1);
}
