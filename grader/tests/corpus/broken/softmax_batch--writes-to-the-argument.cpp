// case: casts const away and changes the logits in place
// fails: all
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const_cast<arma::mat&>(logits).each_row() -= arma::max(logits, 0);
    return logits;
}
