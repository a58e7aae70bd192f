// case: a copy of all images before the loop
// says: the epoch copies all its images.*\(train_sgd_vec.cpp:4\)$
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    const Dataset own = train;
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(own, hp.batch_size)) {
        arma::mat logits = model.W.t() * batch.images;
        logits.each_col() += model.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(train.images.n_cols);
}
