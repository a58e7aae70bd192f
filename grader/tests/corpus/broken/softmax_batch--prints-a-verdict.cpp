// case: prints that all tests passed, and is wrong
// fails: all
#include <iostream>

#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    std::cout << "All tests passed (20 assertions in 20 test cases)" << std::endl;
    return logits;
}
