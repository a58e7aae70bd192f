// case: a loop that claims to stand in a header of the system
// compiles: no
// says: is not part of this exercise
#include "softmax_reg_vec.hpp"
# 1 "/usr/include/armadillo_bits/fn_exp.hpp" 1 3
arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    for (arma::uword j = 0; j < probs.n_cols; ++j) {
        probs.col(j) = arma::exp(probs.col(j) - probs.col(j).max());
        probs.col(j) /= arma::accu(probs.col(j));
    }
    return probs;
}
