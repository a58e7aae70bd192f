// The batch functions by loops over the images; see by_loops.hpp.
#include "by_loops.hpp"

namespace by_loops {

arma::mat logits(const arma::mat& images, const Model& model) {
    arma::mat all(model.b.n_elem, images.n_cols);
    for (arma::uword j = 0; j < images.n_cols; ++j)
        all.col(j) = loops::linear(images.col(j), model);
    return all;
}

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs(arma::size(logits));
    for (arma::uword j = 0; j < logits.n_cols; ++j)
        probs.col(j) = loops::softmax(logits.col(j));
    return probs;
}

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    double loss = 0;
    for (arma::uword j = 0; j < probs.n_cols; ++j)
        loss += loops::cross_entropy_loss(probs.col(j), labels(j));
    return loss;
}

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    Gradients sum{arma::mat(images.n_rows, probs.n_rows), arma::vec(probs.n_rows)};
    sum.W.zeros();
    sum.b.zeros();
    for (arma::uword j = 0; j < images.n_cols; ++j)
        loops::gradient(images.col(j), probs.col(j), labels(j), sum);
    const auto m = static_cast<double>(images.n_cols);
    return Gradients{sum.W / m, sum.b / m};
}

}  // namespace by_loops
