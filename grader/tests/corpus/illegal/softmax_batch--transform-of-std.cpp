// case: std::transform with a function of the library, no lambda
// rules: handed-over, loop
#include <algorithm>

#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits.each_row() - arma::max(logits, 0);
    std::transform(probs.begin(), probs.end(), probs.begin(), static_cast<double (*)(double)>(std::exp));
    return arma::normalise(probs, 1);
}
