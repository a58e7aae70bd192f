// case: updates a copy of the model
// fails: all
// says: the updated model.W
// hints: not a copy
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    Model copy = model;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        arma::mat logits = copy.W.t() * batch.images;
        logits.each_col() += copy.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        copy.W -= hp.learning_rate * grad.W;
        copy.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(train.images.n_cols);
}
