// Step 9: the accuracy of a model on a set of images. At most four statements, no loop.
// LOOPS You need an argmax and ==, on all images at once. Of equal logits the first counts.
// NUMPY In C++ `a == b` on vectors gives whole numbers, and arma::mean of those rounds: convert to arma::vec first.
#include "softmax_reg_vec.hpp"

// images (D x m), labels (m), W (D x K), b (K) -> the fraction, in [0, 1], whose largest logit stands at their label.
// LOOPS loops::evaluate does this with one image. x is its column of images (D), y its label:
// LOOPS     z(k)    = W(0, k) * x(0) + ... + W(D-1, k) * x(D-1) + b(k)  for each k     K numbers
// LOOPS     guess   = the first k whose z(k) is the largest                           one number
// LOOPS     n_right = n_right + 1 if guess is y                                       one number
// LOOPS In the end it returns n_right / m.
// NUMPY NumPy, where an image is a row: np.mean(np.argmax(np.dot(images, W) + b, axis=1) == labels)
double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    // ANSWER at most four statements, no loop
    arma::mat logits = images.t() * W;  // m x K: for many images, up to twice as fast as the K x m of W.t() * images
    logits.each_row() += b.t();
    const arma::uvec predicted = arma::index_max(logits, 1);
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
    // END ANSWER
}
