// case: one product of a matrix and a vector for each image
// says: each batch makes 128 products for its 64 images, and 2 would do
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    Gradients sum{0.0 * model.W, 0.0 * model.b};
    for (arma::uword j = 0; j < train.images.n_cols; ++j) {
        const arma::mat probs = softmax_batch(model.W.t() * train.images.col(j) + model.b);
        const Gradients grad = grad_batch(train.images.col(j), probs, train.labels.subvec(j, j));
        loss += cross_entropy_loss_batch(probs, train.labels.subvec(j, j));
        sum.W += grad.W;
        sum.b += grad.b;
        const bool last = (j + 1) % hp.batch_size == 0 || j + 1 == train.images.n_cols;
        const double step = last ? hp.learning_rate / static_cast<double>(j % hp.batch_size + 1) : 0.0;
        if (last) model.W -= step * sum.W;
        if (last) model.b -= step * sum.b;
        if (last) sum = Gradients{0.0 * sum.W, 0.0 * sum.b};
    }
    return loss / static_cast<double>(train.images.n_cols);
}
