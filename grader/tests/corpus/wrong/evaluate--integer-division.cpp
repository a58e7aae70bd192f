// case: divides whole numbers, which rounds to 0
// fails: all
// says: but is 0
// hints: whole numbers
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    arma::mat logits = images.t() * W;
    logits.each_row() += b.t();
    const arma::uvec predicted = arma::index_max(logits, 1);
    return static_cast<double>(arma::accu(predicted == labels) / labels.n_elem);
}
