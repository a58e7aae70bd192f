// case: works on an image a row, as in NumPy, and turns the result back
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits.t();
    probs = arma::exp(probs.each_col() - arma::max(probs, 1));
    probs.each_col() /= arma::sum(probs, 1);
    return probs.t();
}
