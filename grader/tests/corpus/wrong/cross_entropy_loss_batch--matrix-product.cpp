// case: `*` for `%`: a matrix product instead of a product element by element
// fails: all
// hints: np\.ix_
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::mat identity(probs.n_rows, probs.n_rows, arma::fill::eye);
    return -arma::accu(identity.cols(labels).t() * arma::log(probs));
}
