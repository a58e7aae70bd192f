// case: writes around its own memory
// says: crashed (segmentation fault)
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat small(2, 2);
    for (int i = -64; i < 4096; ++i)
        const_cast<volatile double*>(small.memptr())[i] = 1e300;
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
