// case: breaks a rule in 2,000 places
// run time: all
#include "softmax_reg_vec.hpp"

@REPEAT 2000@#pragma message "x"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    for (arma::uword j = 0; j < probs.n_cols; ++j) {
        probs.col(j) = arma::exp(probs.col(j) - probs.col(j).max());
        probs.col(j) /= arma::accu(probs.col(j));
    }
    return probs;
}
