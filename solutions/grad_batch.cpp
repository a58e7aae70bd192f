// Step 6: the gradient of the loss, as the mean over a batch. At most four statements, no loop.
// LOOPS Both are sums over the images, divided by their number at the end of the batch.
// NUMPY For one image x it is x * delta.t() for W and delta for b, where delta is probs with 1 subtracted at the label.
#include "softmax_reg_vec.hpp"

// images (D x m), probs (K x m), labels (m) -> the mean gradients, W: D x K and b: K.
// LOOPS loops::gradient does this with one image. x is its column of images (D), p that of probs (K), y its label:
// LOOPS     e(k)    = p(k) - 1 if k is y, else p(k)              K numbers
// LOOPS     W(d, k) = W(d, k) + x(d) * e(k)  for each d and k    D x K numbers
// LOOPS     b(k)    = b(k) + e(k)  for each k                    K numbers
// NUMPY NumPy, of arrays of these shapes: delta[labels, np.arange(m)] -= 1; delta.mean(axis=1)
Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    // ANSWER at most four statements, no loop
    arma::mat delta = probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    delta *= 1.0 / static_cast<double>(labels.n_elem);  // here, on K x m numbers, and not on the D x K of the gradient
    return {images * delta.t(), arma::sum(delta, 1)};
    // END ANSWER
}
