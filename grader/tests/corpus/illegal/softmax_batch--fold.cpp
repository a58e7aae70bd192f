// case: a fold expression over the first images
// rules: class, not-allowed, pack, statements
#include "softmax_reg_vec.hpp"

template <arma::uword... j> static void scale(arma::mat& probs, std::integer_sequence<arma::uword, j...>) {
    ((j < probs.n_cols ? void(probs.col(j) *= 1.0) : void()), ...);
}

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1);
    scale(probs, std::make_integer_sequence<arma::uword, 64>());
    return probs;
}
