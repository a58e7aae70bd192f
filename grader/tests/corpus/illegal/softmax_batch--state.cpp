// case: keeps a matrix from one call to the next
// rules: state
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    static arma::mat probs;
    probs = arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1);
    return probs;
}
