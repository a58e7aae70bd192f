// case: the block of all labels and all images, for NumPy's pairs of them
// fails: all
// hints: np\.ix_
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    return -arma::accu(arma::log(probs(labels, arma::regspace<arma::uvec>(0, labels.n_elem - 1))));
}
