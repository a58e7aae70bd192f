// case: a while loop over the images
// rules: loop, statements
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    arma::uword j = probs.n_cols;
    while (j-- > 0) probs.col(j) /= arma::accu(probs.col(j));
    return probs;
}
