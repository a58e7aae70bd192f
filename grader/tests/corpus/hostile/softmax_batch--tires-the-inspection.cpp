// case: a loop, and a megabyte of empty declarations that the inspection has to read
// run time: all
#include "softmax_reg_vec.hpp"

@REPEAT 12000@;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    for (arma::uword j = 0; j < probs.n_cols; ++j) {
        probs.col(j) = arma::exp(probs.col(j) - probs.col(j).max());
        probs.col(j) /= arma::accu(probs.col(j));
    }
    return probs;
}
