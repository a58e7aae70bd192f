// case: nothing but comments
// fails: all
// says: is not defined with the signature of the contract
#include "softmax_reg_vec.hpp"

// Nothing yet.
