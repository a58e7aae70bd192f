// case: a second loop, in a helper
// rules: second-loop
#include "softmax_reg_vec.hpp"

static void add(arma::mat& logits, const arma::vec& b) {
    for (arma::uword j = 0; j < logits.n_cols; ++j) logits.col(j) += b;
}

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        arma::mat logits = model.W.t() * batch.images;
        add(logits, model.b);
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(train.images.n_cols);
}
