// case: a loop over the numbers of the batches
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    const auto batches = lab::create_batches(train, hp.batch_size);
    double loss{};
    for (std::size_t i = 0; i < batches.size(); i++) {
        const auto& batch = batches[i];
        const arma::mat Z = model.W.t() * batch.images;
        const arma::mat P = softmax_batch(Z.each_col() + model.b);
        loss += cross_entropy_loss_batch(P, batch.labels);
        const auto [grad_W, grad_b] = grad_batch(batch.images, P, batch.labels);
        model.W = model.W - hp.learning_rate * grad_W;
        model.b = model.b - hp.learning_rate * grad_b;
    }
    return loss / train.images.n_cols;
}
