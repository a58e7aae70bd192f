// case: a function under the name of the contract that returns something else
// says: should be
#include "softmax_reg_vec.hpp"

double other(const arma::mat&) asm("_Z13softmax_batchRKN4arma3MatIdEE");
double other(const arma::mat&) { return 1.0; }
