// case: std::inner_product over pointers
// rules: loop
#include <numeric>

#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::vec p = probs.elem(labels + probs.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1));
    const arma::vec logs = -arma::log(p);
    return std::accumulate(logs.begin(), logs.end(), 0.0);
}
