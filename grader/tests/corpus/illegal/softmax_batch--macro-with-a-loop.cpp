// case: a loop in a macro
// rules: loop
#include "softmax_reg_vec.hpp"

#define EACH(j, n) for (arma::uword j = 0; j < (n); ++j)

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    EACH(j, probs.n_cols) probs.col(j) = arma::normalise(arma::exp(probs.col(j) - probs.col(j).max()), 1);
    return probs;
}
