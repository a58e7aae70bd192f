// case: structured bindings, references to the members of the model
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    auto& [W, b] = model;
    double total = 0;
    for (const auto& [images, labels] : lab::create_batches(train, hp.batch_size)) {
        const arma::mat probs = softmax_batch(W.t() * images + arma::repmat(b, 1, images.n_cols));
        total += cross_entropy_loss_batch(probs, labels);
        const Gradients g = grad_batch(images, probs, labels);
        W -= g.W * hp.learning_rate;
        b -= g.b * hp.learning_rate;
    }
    return total / static_cast<double>(train.labels.n_elem);
}
