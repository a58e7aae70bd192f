// case: casts const away and changes the logits in place
// fails: all
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const_cast<arma::mat&>(logits).each_row() -= arma::max(logits, 0);
    const arma::mat E = arma::exp(logits);
    return E.each_row() / arma::sum(E, 0);
}
