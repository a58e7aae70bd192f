// case: divides the sum of the losses by the pixels of an image
// fails: all
// says: the mean loss
// hints: an image is a column
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        arma::mat logits = model.W.t() * batch.images;
        logits.each_col() += model.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(train.images.n_rows);
}
