// case: writes over the frames of the worker that called it
// says: crashed (segmentation fault)
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    volatile char room[16] = {};
    for (int i = 0; i < 8000; ++i)
        room[i] = 1;
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
