// case: a helper for one batch
#include "softmax_reg_vec.hpp"

namespace {

double step(const lab::Batch& batch, double learning_rate, Model& model) {
    arma::mat logits = model.W.t() * batch.images;
    logits.each_col() += model.b;
    const arma::mat probs = softmax_batch(logits);
    const Gradients grad = grad_batch(batch.images, probs, batch.labels);
    model.W -= learning_rate * grad.W;
    model.b -= learning_rate * grad.b;
    return cross_entropy_loss_batch(probs, batch.labels);
}

}  // namespace

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size))
        loss += step(batch, hp.learning_rate, model);
    return loss / static_cast<double>(train.images.n_cols);
}
