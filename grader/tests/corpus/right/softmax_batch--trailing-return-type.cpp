// case: a trailing return type
#include "softmax_reg_vec.hpp"

auto softmax_batch(const arma::mat& logits) -> arma::mat {
    const arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    return probs.each_row() / arma::sum(probs, 0);
}
