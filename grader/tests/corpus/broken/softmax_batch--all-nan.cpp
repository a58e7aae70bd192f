// case: not a number in every element, which no comparison calls different
// fails: all
// says: but is nan
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    return logits * arma::datum::nan;
}
