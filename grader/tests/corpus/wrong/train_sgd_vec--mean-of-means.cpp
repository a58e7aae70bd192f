// case: the mean of the batches' means: the short batch counts too much
// fails: all
// says: the mean loss
// hints: the mean of the batches' means
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    const std::vector<lab::Batch> batches = lab::create_batches(train, hp.batch_size);
    for (const lab::Batch& batch : batches) {
        arma::mat logits = model.W.t() * batch.images;
        logits.each_col() += model.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch.labels) / static_cast<double>(batch.labels.n_elem);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(batches.size());
}
