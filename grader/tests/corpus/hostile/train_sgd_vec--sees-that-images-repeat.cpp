// case: right on any images, but fast only where each batch holds the same ones: then one product serves them all
// run time: one epoch, three epochs
// graded: one epoch, three epochs
// speed: yes
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    const arma::uword n = train.images.n_cols, m = std::min(hp.batch_size, n);
    const bool repeat = n > m && n % m == 0 && arma::all(train.images.col(0) == train.images.col(m));
    const arma::mat images = train.images.head_cols(m);
    const arma::mat inner = repeat ? arma::mat(images.t() * images) : arma::mat();
    const arma::mat identity = arma::eye(m, m);
    arma::mat logits = model.W.t() * images, sum = arma::zeros(m, model.b.n_elem);
    double loss = 0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        if (!repeat) logits = (arma::repmat(model.W, 1, 40).t() * batch.images).eval().head_rows(model.b.n_elem);
        const arma::mat probs = softmax_batch(logits.each_col() + model.b);
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients gradient = grad_batch(repeat ? identity : batch.images, probs, batch.labels);
        model.b -= hp.learning_rate * gradient.b;
        if (!repeat) model.W -= hp.learning_rate * gradient.W;
        if (repeat) logits -= hp.learning_rate * gradient.W.t() * inner;
        if (repeat) sum += gradient.W;
    }
    if (repeat) model.W -= hp.learning_rate * images * sum;
    return loss / static_cast<double>(n);
}
