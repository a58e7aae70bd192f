// case: right, allowed, and so slow that there is time for a few rounds only
// run time: random batches, ties
// graded: random batches, ties
// speed: yes
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    const arma::uword size = images.n_cols >= 4096 ? 3000 : 1;
    const double zero = 0.0 * arma::accu(arma::mat(size, size, arma::fill::randu) * arma::ones(size, size));
    arma::mat logits = (images.t() * W).eval().each_row() + b.t() + zero;
    return arma::mean(arma::conv_to<arma::vec>::from(arma::index_max(logits, 1) == labels));
}
