// case: the first image, then the rest of them
// rules: recursion
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    if (logits.n_cols > 1)
        return arma::join_rows(softmax_batch(logits.col(0)), softmax_batch(logits.tail_cols(logits.n_cols - 1)));
    return arma::normalise(arma::exp(logits - logits.max()), 1);
}
