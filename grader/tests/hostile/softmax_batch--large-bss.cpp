// case: a variable of 100 GB
#include "softmax_reg_vec.hpp"

static char large[std::size_t{100} << 30u];

arma::mat softmax_batch(const arma::mat& logits) {
    large[logits.n_elem] = 1;
    if (large[logits.n_elem + 1] != 0) return logits;
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
