// case: copies a row over the matrix with repmat, as in MATLAB
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat probs = arma::exp(logits - arma::repmat(arma::max(logits, 0), logits.n_rows, 1));
    return probs / arma::repmat(arma::sum(probs, 0), logits.n_rows, 1);
}
