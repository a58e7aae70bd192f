// case: statements inside an expression, an extension of the compiler
// rules: statement-expression
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = ({ arma::mat Z = logits.each_row() - arma::max(logits, 0); arma::exp(Z).eval(); });
    return arma::normalise(probs, 1);
}
