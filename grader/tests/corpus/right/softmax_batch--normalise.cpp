// case: one line with arma::normalise
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    return arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1, 0);
}
