// case: infinite
// fails: all
// says: but is inf
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    return labels.n_elem * arma::datum::inf;
}
