// case: an inline, noexcept helper with a trailing return type, in a namespace without a name
#include "softmax_reg_vec.hpp"

namespace {

inline auto shifted(const arma::mat& logits) noexcept -> arma::mat { return logits.each_row() - arma::max(logits, 0); }

}  // namespace

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat probs = arma::exp(shifted(logits));
    return probs.each_row() / arma::sum(probs, 0);
}
