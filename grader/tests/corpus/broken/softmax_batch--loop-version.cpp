// case: calls the loop version, which is not there when a function is graded alone
// fails: all
// rules: include, loops-call
// says: could not be loaded: it calls .*, which is not there
#include "softmax_reg.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    return loops::softmax(logits);
}
