// case: braces for initial values, the minus sign inside
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::uvec places{labels + arma::regspace<arma::uvec>(0, labels.n_elem - 1) * probs.n_rows};
    const double loss{arma::accu(-arma::log(probs.elem(places)))};
    return loss;
}
