// case: asks for 2.3 GB in two pieces
// fails: all
// says: asked for more memory than there is
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat first(12000, 12000, arma::fill::none);
    const arma::mat second(12000, 12000, arma::fill::none);
    return arma::mat(arma::size(logits), arma::fill::value(first(0) + second(0)));
}
