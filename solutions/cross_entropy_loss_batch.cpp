// Step 6: the cross-entropy of a whole batch, summed over its images. At most four statements, no loop.
// Take the probability of the true class of each image before the logarithm: another one may be 0.
#include "softmax_reg_vec.hpp"

// probs (K x m), labels (m) -> the sum of the losses of all m images.
// LOOPS loops::train_sgd does this with one image. p is its column of probs (K), y its label:
// LOOPS     loss = loss - log(p(y))                              one number
// NUMPY NumPy, of arrays of these shapes: -np.log(probs[labels, np.arange(m)]).sum()
double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    // ANSWER at most four statements, no loop
    // Column j starts at position j * K of the memory.
    const arma::uvec true_class = labels + probs.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1);
    return -arma::accu(arma::log(probs.elem(true_class)));
    // END ANSWER
}
