// case: ends the process as if all were well
// rules: system
// fails: all
// says: ended the process \(exit code 0\)
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    std::exit(static_cast<int>(logits.n_rows - logits.n_rows));
}
