// case: shows the inspection another text than the compiler
// run time: all
#include "softmax_reg_vec.hpp"
#ifdef __clang__
arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
#else
arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    for (arma::uword j = 0; j < probs.n_cols; ++j) {
        probs.col(j) = arma::exp(probs.col(j) - probs.col(j).max());
        probs.col(j) /= arma::accu(probs.col(j));
    }
    return probs;
}
#endif
