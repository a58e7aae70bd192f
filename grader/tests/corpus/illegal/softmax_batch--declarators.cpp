// case: packs statements into one declaration
// rules: statements
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::rowvec largest = arma::max(logits, 0);
    const arma::mat shifted = logits.each_row() - largest, raised = arma::exp(shifted), sums = arma::sum(raised, 0);
    return raised.each_row() / arma::rowvec(sums);
}
