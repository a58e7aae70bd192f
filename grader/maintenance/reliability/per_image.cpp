// For `make reliability`: right, allowed, and one Armadillo product an image. It must fail the gate of the epoch.
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0;
    Gradients sum{arma::zeros(arma::size(model.W)), arma::zeros<arma::vec>(model.b.n_elem)};
    const arma::uword n = train.images.n_cols;
    for (arma::uword i = 0, in_batch = 1; i < n; ++i, ++in_batch) {
        const arma::mat image = train.images.col(i);
        const arma::uvec label = train.labels.subvec(i, i);
        const arma::mat probs = softmax_batch(model.W.t() * image + model.b);
        loss += cross_entropy_loss_batch(probs, label);
        const Gradients gradient = grad_batch(image, probs, label);
        sum.W += gradient.W;
        sum.b += gradient.b;
        if (in_batch == hp.batch_size || i + 1 == n) {
            model.W -= hp.learning_rate / static_cast<double>(in_batch) * sum.W;
            model.b -= hp.learning_rate / static_cast<double>(in_batch) * sum.b;
            sum.W.zeros();
            sum.b.zeros();
            in_batch = 0;
        }
    }
    return loss / static_cast<double>(n);
}
