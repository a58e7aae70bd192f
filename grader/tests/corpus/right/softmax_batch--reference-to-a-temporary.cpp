// case: const auto& on a matrix that a function returned, which the reference keeps alive
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const auto& largest = arma::rowvec(arma::max(logits, 0));
    const arma::mat& probs = arma::exp(logits.each_row() - largest);
    return probs.each_row() / arma::sum(probs, 0);
}
