// case: the same construct in more lines than a message names
// rules: loop, statements
// says: softmax_batch\.cpp:6: .*\(other findings, by line: 7, 8, 9, 10, 11, \.\.\.\)
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1, 0);
    const arma::uword n = probs.n_elem;
    for (arma::uword i = 0; i < n; ++i) probs(i) += 0;
    for (arma::uword i = 0; i < n; ++i) probs(i) += 0;
    for (arma::uword i = 0; i < n; ++i) probs(i) += 0;
    for (arma::uword i = 0; i < n; ++i) probs(i) += 0;
    for (arma::uword i = 0; i < n; ++i) probs(i) += 0;
    for (arma::uword i = 0; i < n; ++i) probs(i) += 0;
    for (arma::uword i = 0; i < n; ++i) probs(i) += 0;
    return probs;
}
