// case: an index out of bounds, which Armadillo notices
// fails: all
// says: threw an exception: .*out of bounds
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1);
    probs(probs.n_rows, 0) = 1.0;
    return probs;
}
