// case: the logits are computed once for their maximum and once for its place
// says: ^each evaluation of 256 images makes 2 products with the pixels in them, and 1 would do$
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    const arma::mat best = arma::max(arma::mat(W.t() * images).each_col() + b, 0);
    const arma::mat gap = (arma::mat(W.t() * images).each_col() + b) - arma::repmat(best, W.n_cols, 1);
    const arma::uvec predicted = arma::index_max(gap, 0).t();
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
