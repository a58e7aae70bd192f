// The contract of the lab: every function that a submission provides, with its shapes, units and errors.
// Students read this file and never edit it; the grader always compiles against this copy.
//
// D = 784 pixels, K = 10 classes, m images in a batch, n images in a set. Armadillo is column-major, so an image
// is a column: NumPy's (m, 784) batch is a 784 x m matrix here, and a batch is a run of neighbouring columns.
// The functions below work for any D, K and m of at least 1, not only for those of Fashion-MNIST.
#ifndef SOFTMAX_REG_VEC_HPP
#define SOFTMAX_REG_VEC_HPP

#include <armadillo>
#include <stdexcept>
#include <vector>

// The gradient of the loss with respect to W (D x K) and b (K).
struct Gradients {
    arma::mat W;
    arma::vec b;
};

// A set of n images: D x n, pixels in [0, 1]; n labels in 0 .. K-1.
struct Dataset {
    arma::mat images;
    arma::uvec labels;
};

// W is D x K, b has K elements; the logits of an image x are W.t() * x + b.
struct Model {
    arma::mat W;
    arma::vec b;
};

struct Hyperparameters {
    double learning_rate;
    arma::uword batch_size;
    arma::uword epochs;
    unsigned seed;  // of the initial W, as in np.random.seed
};

// Losses are means over the images, in nats; the accuracy is a fraction in [0, 1].
struct EpochStats {
    double train_loss;
    double valid_loss;
    double valid_accuracy;
};

namespace lab {

// What a stub throws until its function is written; the arguments are ignored.
struct NotImplemented : std::logic_error {
    template <class... Arguments> explicit NotImplemented(const Arguments&...) : std::logic_error("not implemented") {}
};

// One batch: a view of the columns first .. first + size - 1 of a Dataset, which must outlive it. Nothing is copied.
struct Batch {
    Batch(const Dataset& data, arma::uword first, arma::uword size);
    const arma::mat images;   // D x m
    const arma::uvec labels;  // m
};

// The batches of `data` in order, without shuffling; the last one is shorter where batch_size does not divide n.
// Throws std::invalid_argument when batch_size is 0. Source: create_batches of the lab in NumPy.
std::vector<Batch> create_batches(const Dataset& data, arma::uword batch_size);

}  // namespace lab

// Step 2. Trains `model` in place for hp.epochs epochs with loops::train_sgd, and measures after each of them:
// the training loss (the mean that loops::train_sgd returns), the validation loss (mean over `valid`) and the
// validation accuracy. Returns one EpochStats an epoch. The loop version is declared in softmax_reg.hpp.
std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model);

// Step 5. One epoch of stochastic gradient descent (one, whatever hp.epochs says) over the batches of `train` in
// their order: one update of `model` a batch, by the mean gradient of the batch times hp.learning_rate.
// Returns the mean over all n images of the loss that each had when its batch was visited, before the update.
double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model);

// Step 6. K x m logits -> K x m probabilities: each column is the softmax of its column, is finite for logits of
// +-1e4, and sums to 1.
arma::mat softmax_batch(const arma::mat& logits);

// Step 6. K x m probabilities and m labels -> the cross-entropy -log(probability of the true class), in nats,
// summed over the batch. The probability of a true class is above 0.
double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels);

// Step 6. D x m images, K x m probabilities, m labels -> the gradient of the loss with respect to W (D x K) and
// b (K), as the mean over the batch.
Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels);

// Step 9. The accuracy of the model (W: D x K, b: K) on the images (D x m): the fraction, in [0, 1], whose largest
// logit stands at their label. Of equal logits the first counts, as in NumPy's argmax.
double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b);

// Step 10, a bonus. The epoch of train_sgd_vec by any means, on one thread: the same arguments, the same update of
// `model` and the same mean loss, to 1e-6 of their values after three epochs.
double train_sgd_fast(const Dataset& train, const Hyperparameters& hp, Model& model);

#endif
