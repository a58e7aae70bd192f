// case: includes a file of the system
// compiles: no
// says: passwd
#include "/etc/passwd"
#include "softmax_reg_vec.hpp"
arma::mat softmax_batch(const arma::mat& logits) { return logits; }
