// case: another return type than the contract's
// fails: compiles
// says: softmax_batch\.cpp:\d+: ambiguating new declaration
#include "softmax_reg_vec.hpp"

void softmax_batch(const arma::mat& logits) {
    logits.is_empty();
}
