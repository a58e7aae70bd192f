// case: cuts the batches out itself, with cols and subvec
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    for (arma::uword first = 0; first < train.images.n_cols; first += hp.batch_size) {
        const arma::uword last = std::min(first + hp.batch_size, train.images.n_cols) - 1;
        const arma::mat images = train.images.cols(first, last);
        const arma::uvec labels = train.labels.subvec(first, last);
        arma::mat logits = model.W.t() * images;
        logits.each_col() += model.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, labels);
        const Gradients grad = grad_batch(images, probs, labels);
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(train.images.n_cols);
}
