// case: prints a megabyte, which nobody reads and which costs nothing
#include <iostream>

#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    std::cout << std::string(1 << 20, 'x') << std::endl;
    return probs;
}
