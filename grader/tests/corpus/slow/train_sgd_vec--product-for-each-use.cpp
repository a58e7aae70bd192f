// case: the logits are computed anew wherever they are used
// says: ^each batch makes 4 products with the pixels in them, and 2 would do$
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const arma::mat shift = arma::repmat(model.b, 1, batch.images.n_cols);
        loss += cross_entropy_loss_batch(softmax_batch(model.W.t() * batch.images + shift), batch.labels);
        const arma::mat probs = softmax_batch(model.W.t() * batch.images + shift);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.b -= hp.learning_rate * grad_batch(batch.images, probs, batch.labels).b;
        model.W -= hp.learning_rate * grad.W;
    }
    return loss / static_cast<double>(train.images.n_cols);
}
