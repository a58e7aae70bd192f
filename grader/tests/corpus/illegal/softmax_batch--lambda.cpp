// case: more statements, in a lambda that is called at once
// rules: lambda
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    return [&] {
        const arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
        return arma::mat(probs.each_row() / arma::sum(probs, 0));
    }();
}
