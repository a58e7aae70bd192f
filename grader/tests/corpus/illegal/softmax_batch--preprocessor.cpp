// case: shows clang another text than g++, which compiles it
// rules: loop
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = logits;
#ifdef __clang__
    probs = arma::normalise(arma::exp(probs.each_row() - arma::max(probs, 0)), 1);
#else
    for (arma::uword j = 0; j < probs.n_cols; ++j)
        probs.col(j) = arma::normalise(arma::exp(probs.col(j) - probs.col(j).max()), 1);
#endif
    return probs;
}
