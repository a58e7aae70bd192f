// case: takes the class after the true one
// fails: all
// hints: off by one
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::uvec next = labels + 1;
    const arma::uvec true_class = next - probs.n_rows * (next / probs.n_rows) +
                                  probs.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1);
    return -arma::accu(arma::log(probs.elem(true_class)));
}
