// case: aborts
// rules: system
// fails: all
// says: aborted
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    std::abort();
    return logits;
}
