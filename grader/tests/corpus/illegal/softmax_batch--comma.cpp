// case: packs statements with the comma operator
// rules: statements
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    arma::rowvec row = arma::max(logits, 0);
    probs.each_row() -= row, probs = arma::exp(probs), row = arma::sum(probs, 0), probs.each_row() /= row;
    return probs;
}
