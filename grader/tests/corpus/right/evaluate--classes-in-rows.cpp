// case: K x m logits, the largest of each column
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    arma::mat logits = W.t() * images;
    logits.each_col() += b;
    const arma::urowvec predicted = arma::index_max(logits, 0);
    return static_cast<double>(arma::accu(predicted.t() == labels)) / static_cast<double>(labels.n_elem);
}
