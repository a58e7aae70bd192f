// case: counts in bits
// fails: all
// hints: log2
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::uvec true_class = labels + probs.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1);
    return -arma::accu(arma::log2(probs.elem(true_class)));
}
