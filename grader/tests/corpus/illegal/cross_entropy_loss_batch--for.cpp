// case: a for loop over the images
// rules: loop
// says: cross_entropy_loss_batch\.cpp:\d+: `for` is a loop
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    double loss = 0.0;
    for (arma::uword j = 0; j < labels.n_elem; ++j) loss -= std::log(probs(labels(j), j));
    return loss;
}
