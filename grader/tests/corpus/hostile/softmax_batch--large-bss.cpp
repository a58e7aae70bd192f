// case: a variable of nearly 2 GB
// says: could not be loaded
#include "softmax_reg_vec.hpp"

static char large[2040u << 20u];

arma::mat softmax_batch(const arma::mat& logits) {
    large[logits.n_elem] = 1;
    if (large[logits.n_elem + 1] != 0) return logits;
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
