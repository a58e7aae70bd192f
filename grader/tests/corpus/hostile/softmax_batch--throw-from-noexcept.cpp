// case: throws where nothing may be thrown
// says: aborted
#include "softmax_reg_vec.hpp"

static void odd() noexcept { throw 1; }

arma::mat softmax_batch(const arma::mat& logits) {
    odd();
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
