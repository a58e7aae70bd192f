// case: the images of a batch, turned as in NumPy, in a variable
// says: ^each batch makes one matrix as large as its images, 401 KB.*\(train_sgd_vec.cpp:6\)$
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const arma::mat rows = batch.images.t();
        arma::mat logits = rows * model.W;
        logits.each_row() += model.b.t();
        const arma::mat probs = softmax_batch(logits.t());
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(train.images.n_cols);
}
