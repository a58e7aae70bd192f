// case: calls itself without an end
// says: crashed
#include "softmax_reg_vec.hpp"

static double deeper(double x) {
    volatile char room[4096] = {};
    return room[0] + deeper(x + 1) + 1;
}

arma::mat softmax_batch(const arma::mat& logits) {
    if (deeper(0) > 0) return logits;
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
