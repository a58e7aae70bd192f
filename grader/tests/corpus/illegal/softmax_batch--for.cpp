// case: a for loop over the images
// rules: loop
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    for (arma::uword j = 0; j < probs.n_cols; ++j)
        probs.col(j) = arma::normalise(arma::exp(probs.col(j) - probs.col(j).max()), 1);
    return probs;
}
