// case: a loop, and a chain of choices so long that the inspection of the syntax tree ends in a crash
// run time: all
#include "softmax_reg_vec.hpp"

int chain(int x) {
    if (x == 0) return 0;
@REPEAT 10000@    else if (x == 1) return 1;
    return 2;
}

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    for (arma::uword j = 0; j < probs.n_cols; ++j) {
        probs.col(j) = arma::exp(probs.col(j) - probs.col(j).max());
        probs.col(j) /= arma::accu(probs.col(j));
    }
    return probs;
}
