// case: an exception without a text
// says: ended the process
#include "softmax_reg_vec.hpp"

struct Odd : std::exception {
    const char* what() const noexcept override { return nullptr; }
};

arma::mat softmax_batch(const arma::mat& logits) {
    if (logits.n_elem != 0) throw Odd();
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
