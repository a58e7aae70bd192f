// case: divides the mean gradient by the size of the batch again
// fails: all
// says: the updated model.W|the mean loss
// hints: once more: it is a mean already
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        arma::mat logits = model.W.t() * batch.images;
        logits.each_col() += model.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.W -= hp.learning_rate * grad.W / static_cast<double>(batch.labels.n_elem);
        model.b -= hp.learning_rate * grad.b / static_cast<double>(batch.labels.n_elem);
    }
    return loss / static_cast<double>(train.images.n_cols);
}
