// case: trains for all hp.epochs epochs instead of one
// fails: one epoch
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    const arma::uword n = train.images.n_cols;
    const arma::uword batches = (n + hp.batch_size - 1) / hp.batch_size;
    for (arma::uword i = 0; i < hp.epochs * batches; ++i) {
        const arma::uword first = i % batches * hp.batch_size;
        const lab::Batch batch(train, first, std::min(hp.batch_size, n - first));
        arma::mat logits = model.W.t() * batch.images;
        logits.each_col() += model.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(hp.epochs * n);
}
