// case: four statements, each in place
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    probs.each_row() -= arma::max(probs, 0);
    probs = arma::normalise(arma::exp(probs), 1);
    return probs;
}
