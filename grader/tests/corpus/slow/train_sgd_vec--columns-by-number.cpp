// case: the columns of a batch are picked by a list of numbers, for each use
// says: ^each batch makes 2 matrices as large as its images, 803 KB.*\(train_sgd_vec.cpp:10, train_sgd_vec.cpp:14\)$
#include <algorithm>

#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    const arma::uword n = train.images.n_cols;
    for (arma::uword first = 0; first < n; first += hp.batch_size) {
        const arma::uvec own = arma::regspace<arma::uvec>(first, std::min(first + hp.batch_size, n) - 1);
        arma::mat logits = model.W.t() * train.images.cols(own);
        logits.each_col() += model.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, train.labels.elem(own));
        const Gradients grad = grad_batch(train.images.cols(own), probs, train.labels.elem(own));
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(n);
}
