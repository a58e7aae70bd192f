// case: throws what is no std::exception
// says: not a std::exception
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    if (logits.n_elem != 0) throw 42;
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
