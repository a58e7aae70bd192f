// case: a matrix of another shape
// fails: all
// says: should be 3 x 4 but is 4 x 4
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    return arma::join_cols(logits, arma::ones<arma::rowvec>(logits.n_cols));
}
