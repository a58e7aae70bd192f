// case: std::for_each over the elements
// rules: lambda, loop
#include <algorithm>

#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits.each_row() - arma::max(logits, 0);
    std::for_each(probs.begin(), probs.end(), [](double& x) { x = std::exp(x); });
    return arma::normalise(probs, 1);
}
