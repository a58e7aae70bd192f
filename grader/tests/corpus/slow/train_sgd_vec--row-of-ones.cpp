// case: b as one more row of W, and a row of ones under the images
// says: ^each batch makes one matrix as large as its images, 402 KB.*\(train_sgd_vec.cpp:7\)$
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const arma::mat ones(1, batch.images.n_cols, arma::fill::ones);
        const arma::mat logits = arma::join_cols(model.W, model.b.t()).t() * arma::join_cols(batch.images, ones);
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(train.images.n_cols);
}
