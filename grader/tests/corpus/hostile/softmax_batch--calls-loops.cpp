// case: calls the loop version of the lab
// says: could not be loaded
#include "softmax_reg.hpp"

arma::mat softmax_batch(const arma::mat& logits) { return loops::softmax(logits.col(0)); }
