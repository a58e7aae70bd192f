// case: Armadillo's for_each
// rules: lambda, loop
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits.each_row() - arma::max(logits, 0);
    probs.for_each([](double& x) { x = std::exp(x); });
    return arma::normalise(probs, 1);
}
