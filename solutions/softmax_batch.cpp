// Step 6: the softmax of a whole batch of logits. At most four statements, no loop.
// Subtract the largest logit of each column first: exp(1e4) is infinite, and the subtraction changes no probability.
#include "softmax_reg_vec.hpp"

// logits (K x m) -> probabilities (K x m), each column of which sums to 1.
// LOOPS loops::softmax does this to one image. z is its column of the logits (K), p what becomes of it (K):
// LOOPS     c    = the largest of z(0), ..., z(K-1)              one number
// LOOPS     s    = exp(z(0) - c) + ... + exp(z(K-1) - c)         one number
// LOOPS     p(k) = exp(z(k) - c) / s  for each k                 K numbers
// NUMPY NumPy, of an array of this shape: E = np.exp(Z - Z.max(axis=0)); E / E.sum(axis=0)
arma::mat softmax_batch(const arma::mat& logits) {
    // ANSWER at most four statements, no loop
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() %= 1.0 / arma::sum(probs, 0);  // one division a column and not one a number
    return probs;
    // END ANSWER
}
