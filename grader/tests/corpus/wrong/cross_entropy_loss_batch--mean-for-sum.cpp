// case: the mean over the batch instead of the sum
// fails: all
// says: summed over the batch
// hints: the mean
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::uvec true_class = labels + probs.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1);
    return -arma::mean(arma::log(probs.elem(true_class)));
}
