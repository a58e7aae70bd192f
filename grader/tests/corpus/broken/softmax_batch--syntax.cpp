// case: a semicolon is missing
// fails: compiles
// says: does not compile: softmax_batch\.cpp:\d+: expected .*;
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits)
    return probs;
}
