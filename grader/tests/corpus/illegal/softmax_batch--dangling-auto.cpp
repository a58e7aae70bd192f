// case: auto holds an expression whose temporaries are gone; here nothing reads it
// rules: dangling-auto
// says: probs.* is unsafe: `auto` keeps an Armadillo expression
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const auto probs = arma::exp(arma::mat(logits.each_row() - arma::max(logits, 0)));
    return arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1);
}
