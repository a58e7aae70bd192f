// case: reads through a null pointer
// fails: all
// says: crashed \(segmentation fault\)
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const volatile double* nothing = nullptr;
    return logits * nothing[logits.n_rows];
}
