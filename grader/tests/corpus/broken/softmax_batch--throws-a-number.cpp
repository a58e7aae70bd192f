// case: throws something that is no exception
// fails: all
// says: threw an exception: something that is not a std::exception
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    throw static_cast<int>(logits.n_rows);
}
