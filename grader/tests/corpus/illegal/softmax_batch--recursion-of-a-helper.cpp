// case: a helper that calls itself through another one
// rules: recursion, statements
#include "softmax_reg_vec.hpp"

static void from(arma::mat& probs, arma::uword j);
static void next(arma::mat& probs, arma::uword j) { from(probs, j + 1); }
static void from(arma::mat& probs, arma::uword j) {
    if (j < probs.n_cols) probs.col(j) /= arma::accu(probs.col(j)), next(probs, j);
}

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    from(probs, 0);
    return probs;
}
