// case: a range-for over the elements
// rules: loop
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits.each_row() - arma::max(logits, 0);
    for (double& x : probs) x = std::exp(x);
    return arma::normalise(probs, 1);
}
