// case: a loop in a helper
// rules: loop, statements
#include "softmax_reg_vec.hpp"

static arma::vec one(const arma::vec& x) { return arma::normalise(arma::exp(x - x.max()), 1); }

static void all(arma::mat& probs) {
    for (arma::uword j = 0; j < probs.n_cols; ++j) probs.col(j) = one(probs.col(j));
}

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    all(probs);
    return probs;
}
