// case: comments in French, in Latin-1
// encoded: latin-1
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    // Numériquement stable : on ôte le maximum. Ça suffit.
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
