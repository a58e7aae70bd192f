// case: a while loop; works on a copy of the model and gives it back at the end
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    Model next = model;
    const std::vector<lab::Batch> batches = lab::create_batches(train, hp.batch_size);
    auto batch = batches.begin();
    while (batch != batches.end()) {
        arma::mat logits = next.W.t() * batch->images;
        logits.each_col() += next.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch->labels);
        Gradients grad = grad_batch(batch->images, probs, batch->labels);
        grad.W *= hp.learning_rate;
        grad.b *= hp.learning_rate;
        next = Model{next.W - grad.W, next.b - grad.b};
        ++batch;
    }
    model = std::move(next);
    return loss / static_cast<double>(train.images.n_cols);
}
