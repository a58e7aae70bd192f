// case: macros under the names of the contract
// says: not defined with the signature
#define softmax_batch another_function
#define arma std
#include "softmax_reg_vec.hpp"
#undef arma
arma::mat softmax_batch(const arma::mat& logits) { return logits; }
