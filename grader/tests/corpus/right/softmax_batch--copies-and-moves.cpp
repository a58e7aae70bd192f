// case: copies its argument, moves and overwrites the copy
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat copy = logits;
    arma::mat probs = std::move(copy);
    probs = arma::exp(probs.each_row() - arma::max(logits, 0));
    return probs.each_row() / arma::sum(probs, 0);
}
