// case: NumPy's names
// fails: compiles
// says: softmax_batch\.cpp:\d+: .np. (was not declared|has not been declared)
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    return np::exp(logits);
}
