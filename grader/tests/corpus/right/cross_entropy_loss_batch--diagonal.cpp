// case: the diagonal of the rows that the labels name
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::mat rows = probs.rows(labels);
    return -arma::accu(arma::log(rows.diag()));
}
