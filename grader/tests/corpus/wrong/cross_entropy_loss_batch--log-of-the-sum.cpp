// case: the logarithm of the sum instead of the sum of the logarithms
// fails: all
// hints: after the sum
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::uvec true_class = labels + probs.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1);
    return -std::log(arma::accu(probs.elem(true_class)));
}
