// case: 32 MB on the stack
// fails: all
// says: crashed \(segmentation fault\)
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    volatile double numbers[4u << 20u];
    numbers[logits.n_rows] = 1.0;
    return logits * numbers[logits.n_rows];
}
