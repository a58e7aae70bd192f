// case: writes far outside of the matrix
// fails: all
// says: crashed|threw|aborted
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits);
    probs.memptr()[std::size_t{1} << 40u] = 1.0;
    return probs;
}
