// The loop version of the softmax regression: one image, one class, one pixel at a time, in plain scalar code.
// It is what students start from, what the grader holds their results against, and it is never optimised.
// No function here is ever inlined, so that a profile shows each of them by its name.
#ifndef SOFTMAX_REG_HPP
#define SOFTMAX_REG_HPP

#include "softmax_reg_vec.hpp"

namespace loops {

// The logits W.t() * image + b of one image (D) for the model (W: D x K, b: K); K of them.
arma::vec linear(const arma::vec& image, const Model& model);

// The softmax of K logits: K probabilities that sum to 1, finite for logits of +-1e4.
arma::vec softmax(const arma::vec& logits);

// The cross-entropy of one image, -log(probs(label)), in nats.
double cross_entropy_loss(const arma::vec& probs, arma::uword label);

// Adds to `sum` (W: D x K, b: K) the gradient of the loss of one image (D), whose probabilities are `probs` (K).
void gradient(const arma::vec& image, const arma::vec& probs, arma::uword label, Gradients& sum);

// The fraction, in [0, 1], of the images (D x m) whose largest logit stands at their label.
double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b);

// The mean cross-entropy over a set, in nats.
double mean_loss(const Dataset& data, const Model& model);

// One epoch of stochastic gradient descent over the batches of `train`; updates `model` and returns the mean of the
// loss that each image had when its batch was visited.
double train_sgd(const Dataset& train, const Hyperparameters& hp, Model& model);

// The model that training starts from: b is zero and W (n_pixels x n_classes) is what NumPy draws after
// np.random.seed(seed) with np.random.randn(n_pixels, n_classes) * 0.01, to the last bit but for libm's rounding.
Model initial_model(unsigned seed, arma::uword n_pixels = 784, arma::uword n_classes = 10);

}  // namespace loops

#endif
