// case: cuts off below what exp can hold, after the shift
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(arma::clamp(logits.each_row() - arma::max(logits, 0), -745.0, 0.0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
