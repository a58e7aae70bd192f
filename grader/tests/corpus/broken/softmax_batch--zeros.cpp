// case: zeros of the right shape
// fails: all
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
