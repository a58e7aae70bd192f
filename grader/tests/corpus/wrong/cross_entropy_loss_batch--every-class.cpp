// case: sums over all classes
// fails: all
// hints: all classes
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    return labels.n_elem == 0 ? 0.0 : -arma::accu(arma::log(probs));
}
