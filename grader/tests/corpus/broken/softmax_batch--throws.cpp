// case: throws an exception
// fails: all
// says: threw an exception: not today
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    throw std::runtime_error("not today" + std::string(logits.n_rows, '!'));
}
