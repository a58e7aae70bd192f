// case: a loop, so deep in an expression that the inspection does not get to it
// run time: all
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    const double zero = [&] {
        for (arma::uword j = 0; j < probs.n_cols; ++j) {
            probs.col(j) = arma::exp(probs.col(j) - probs.col(j).max());
            probs.col(j) /= arma::accu(probs.col(j));
        }
        return 0.0;
    }()
@REPEAT 1200@        + 0
    ;
    return probs + zero;
}
