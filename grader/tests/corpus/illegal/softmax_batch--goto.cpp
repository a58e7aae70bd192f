// case: a loop by goto
// rules: loop, statements
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    arma::uword j = 0;
next:
    probs.col(j) /= arma::accu(probs.col(j));
    if (++j < probs.n_cols) goto next;
    return probs;
}
