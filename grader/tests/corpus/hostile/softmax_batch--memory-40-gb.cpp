// case: asks for 40 GB at once
// says: more memory than there is
#include "softmax_reg_vec.hpp"

#include <vector>

arma::mat softmax_batch(const arma::mat& logits) {
    const std::vector<double> large(std::size_t{5} << 30u);
    if (large[7] > 0) return logits;
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
