// case: divides an integer by zero
// fails: all
// says: crashed \(SIGFPE\)
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    volatile arma::uword zero = 0;
    return logits * static_cast<double>(logits.n_rows / zero);
}
