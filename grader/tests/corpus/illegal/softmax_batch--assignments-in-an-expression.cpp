// case: packs assignments into one expression
// rules: statements
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs;
    arma::rowvec row;
    probs = arma::exp(logits.each_row() - (row = arma::max(logits, 0)));
    return probs.each_row() / (row = arma::sum((probs = arma::normalise(probs, 1)), 0));
}
