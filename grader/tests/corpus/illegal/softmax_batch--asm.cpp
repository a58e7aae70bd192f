// case: assembly
// rules: asm
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    asm volatile("nop");
    return arma::normalise(probs, 1);
}
