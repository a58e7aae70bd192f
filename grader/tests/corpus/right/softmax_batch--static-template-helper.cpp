// case: a template helper, and a constant
#include "softmax_reg_vec.hpp"

template <class Matrix> static Matrix shifted(const Matrix& logits, arma::uword axis) {
    return logits.each_row() - arma::max(logits, axis);
}

constexpr arma::uword columns = 0;

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::mat probs = arma::exp(shifted(logits, columns));
    return probs.each_row() / arma::sum(probs, columns);
}
