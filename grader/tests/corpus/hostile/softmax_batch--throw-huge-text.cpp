// case: an exception whose text is 32 MB long
// graded: nothing
// says: threw an exception: xxx
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    if (logits.n_elem != 0) throw std::runtime_error(std::string(32u << 20u, 'x'));
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
