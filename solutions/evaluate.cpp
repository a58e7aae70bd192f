// Step 9: the accuracy of a model on a set of images. At most four statements, no loop.
// In C++ `a == b` on vectors gives whole numbers, and arma::mean of those rounds: convert to arma::vec first.
#include "softmax_reg_vec.hpp"

// images (D x m), labels (m), W (D x K), b (K) -> the fraction, in [0, 1], whose largest logit stands at their label.
// NumPy, where an image is a row: np.mean(np.argmax(np.dot(images, W) + b, axis=1) == labels)
double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    // ANSWER at most four statements, no loop
    arma::mat logits = images.t() * W;  // m x K: for many images, up to twice as fast as the K x m of W.t() * images
    logits.each_row() += b.t();
    const arma::uvec predicted = arma::index_max(logits, 1);
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
    // END ANSWER
}
