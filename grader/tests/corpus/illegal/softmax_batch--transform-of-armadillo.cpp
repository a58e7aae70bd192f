// case: Armadillo's transform
// rules: lambda, loop
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits.each_row() - arma::max(logits, 0);
    probs.transform([](double x) { return std::exp(x); });
    return arma::normalise(probs, 1);
}
