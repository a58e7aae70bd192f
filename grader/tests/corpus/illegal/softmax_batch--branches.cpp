// case: packs statements under an if
// rules: statements
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
    if (!logits.is_empty()) {
        probs.each_row() -= arma::max(probs, 0);
        probs = arma::exp(probs);
        probs.each_row() /= arma::sum(probs, 0);
    }
    return probs;
}
