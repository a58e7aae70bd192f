// case: returns the logarithm of the softmax
// fails: all
// hints: logarithm
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat shifted = logits.each_row() - arma::max(logits, 0);
    return shifted.each_row() - arma::log(arma::sum(arma::exp(shifted), 0));
}
