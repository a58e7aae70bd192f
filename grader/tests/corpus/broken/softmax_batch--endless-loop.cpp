// case: never returns, and is a loop besides
// fails: all
// rules: loop
// says: did not return in time: is there an endless loop
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    volatile bool forever = true;
    while (forever) {}
    return logits;
}
