// case: takes the class before the true one, as if classes counted from 1
// fails: all
// hints: off by one
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::uvec columns = arma::regspace<arma::uvec>(0, labels.n_elem - 1);
    return -arma::accu(arma::log(probs.elem(labels - 1 + probs.n_rows * columns)));
}
