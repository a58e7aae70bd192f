// case: forgets the minus sign
// fails: all
// says: but is -
// hints: the sign
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::uvec true_class = labels + probs.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1);
    return arma::accu(arma::log(probs.elem(true_class)));
}
