// case: b times a row of ones; counts with find
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    const arma::mat logits = W.t() * images + b * arma::ones<arma::rowvec>(images.n_cols);
    const arma::uvec predicted = arma::index_max(logits).t();
    return double(arma::uvec(arma::find(predicted == labels)).n_elem) / labels.n_elem;
}
