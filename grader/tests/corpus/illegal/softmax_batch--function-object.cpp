// case: std::function
// rules: handed-over, lambda
#include <functional>

#include "softmax_reg_vec.hpp"

static arma::mat shifted(const arma::mat& logits) { return logits.each_row() - arma::max(logits, 0); }

arma::mat softmax_batch(const arma::mat& logits) {
    const std::function<arma::mat(const arma::mat&)> f = shifted;
    return arma::normalise(arma::exp(f(logits)), 1);
}
