// case: calls the loop version
// rules: include, loop, loops-call
#include "softmax_reg.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    for (arma::uword j = 0; j < probs.n_cols; ++j) probs.col(j) = arma::normalise(arma::exp(logits.col(j) - logits.col(j).max()), 1);
    return probs.is_empty() ? arma::mat(loops::softmax(logits.col(0))) : probs;
}
