// The three batch functions by loops, under the names of the contract: an object that stands in for those of a
// submission when only its train_sgd_vec is judged.
#include "by_loops.hpp"

#include <stdexcept>
#include <string>

namespace {

// Whoever keeps an image in a row, as in NumPy, gets here with matrices that lie on their side.
void require_columns(const arma::mat& probs, const arma::uvec& labels) {
    if (probs.n_cols != labels.n_elem)
        throw std::invalid_argument("the probabilities are " + std::to_string(probs.n_rows) + "x" +
                                    std::to_string(probs.n_cols) + ", and there are " + std::to_string(labels.n_elem) +
                                    " labels: K x m is wanted, a column for each image");
}

}  // namespace

arma::mat softmax_batch(const arma::mat& logits) { return by_loops::softmax_batch(logits); }

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    require_columns(probs, labels);
    return by_loops::cross_entropy_loss_batch(probs, labels);
}

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    require_columns(probs, labels);
    return by_loops::grad_batch(images, probs, labels);
}
