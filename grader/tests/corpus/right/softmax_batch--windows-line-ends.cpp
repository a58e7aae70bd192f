// case: Windows line ends
// encoded: crlf
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    // A comment that ends with a backslash would swallow a line; this one does not.
    arma::mat probs =
        arma::exp(logits.each_row() - arma::max(logits, 0));

    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
