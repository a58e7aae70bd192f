// case: asks for 3 GB piece by piece
// fails: all
// says: asked for more memory than there is
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const std::vector<arma::mat> pieces(6, arma::mat(8192, 8192, arma::fill::ones));
    return pieces.back().submat(0, 0, logits.n_rows - 1, logits.n_cols - 1);
}
