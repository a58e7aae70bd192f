// case: asks for 80 GB
// fails: all
// says: asked for more memory than there is|too large
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat huge(100000 * (1 + logits.n_cols / 1000), 100000, arma::fill::ones);
    return huge.submat(0, 0, logits.n_rows - 1, logits.n_cols - 1);
}
