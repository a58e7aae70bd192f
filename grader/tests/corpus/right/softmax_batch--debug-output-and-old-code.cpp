// case: debug output under #ifdef, old code under #if 0
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
#if 0
    for (arma::uword j = 0; j < logits.n_cols; ++j) result.col(j) = loops::softmax(logits.col(j));
#endif
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
#ifdef DEBUG
    probs.print("probs");
#endif
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
