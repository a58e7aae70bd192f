// case: throws only where there are ties
// fails: ties
// says: threw an exception: equal logits
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    if (arma::all(arma::vectorise(W) == 0.0)) throw std::logic_error("equal logits");
    const arma::mat logits = W.t() * images + arma::repmat(b, 1, images.n_cols);
    return arma::accu(arma::index_max(logits, 0).t() == labels) / static_cast<double>(labels.n_elem);
}
