// case: a do loop over the images
// rules: loop, statements
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    arma::uword j = 0;
    do probs.col(j) /= arma::accu(probs.col(j)); while (++j < probs.n_cols);
    return probs;
}
