// case: Armadillo's imbue, with a counter in the lambda
// rules: handed-over, lambda, loop, statements
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat shifted = logits.each_row() - arma::max(logits, 0);
    arma::mat probs(arma::size(logits));
    probs.imbue([p = shifted.begin()]() mutable { return std::exp(*p++); });
    return arma::normalise(probs, 1);
}
