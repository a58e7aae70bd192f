// case: a macro for the axis and one for a step
#include "softmax_reg_vec.hpp"

#define COLUMNS 0
#define STEP(X) arma::exp((X).each_row() - arma::max((X), COLUMNS))

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat probs = STEP(logits);
    return probs.each_row() / arma::sum(probs, COLUMNS);
}
