// case: right, after 64 MB of output
// run time: all
#include "softmax_reg_vec.hpp"

#include <iostream>
#include <string>

arma::mat softmax_batch(const arma::mat& logits) {
    for (int i = 0; i < 64; ++i)
        std::cout << std::string(1u << 20u, 'x') << std::flush;
    std::cout.clear();
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
