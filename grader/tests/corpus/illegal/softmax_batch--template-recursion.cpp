// case: a template that unrolls itself
// rules: class, recursion, statements
#include "softmax_reg_vec.hpp"

template <arma::uword j> void from(arma::mat& probs) {
    if constexpr (j > 0) probs.cols((j - 1) * probs.n_cols / 4, probs.n_cols - 1) *= 1.0, from<j - 1>(probs);
}

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1);
    from<4>(probs);
    return probs;
}
