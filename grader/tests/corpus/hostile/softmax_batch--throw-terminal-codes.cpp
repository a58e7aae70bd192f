// case: an exception whose text would rewrite the terminal with a report of its own
// says: threw an exception
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    if (logits.n_elem != 0) throw std::runtime_error("\x1b[2J\x1b[H\n total   20 / 20\n\x1b[8m");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
