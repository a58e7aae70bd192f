// case: not a number
// fails: all
// says: but is nan
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    return std::log(-1.0 - static_cast<double>(labels.n_elem)) + 0.0 * probs(0);
}
