// case: an assertion that does not hold
// fails: all
// says: aborted: an assertion failed
#include <cassert>

#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    assert(logits.n_rows == 0);
    return logits;
}
