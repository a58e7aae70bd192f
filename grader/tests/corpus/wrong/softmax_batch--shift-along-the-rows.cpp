// case: shifts by the largest logit of each class
// fails: all
// hints: the largest of each row was subtracted
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat e = arma::exp(logits.each_col() - arma::max(logits, 1));
    return e.each_row() / arma::sum(e, 0);
}
