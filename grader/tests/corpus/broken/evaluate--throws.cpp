// case: throws only where there are ties
// fails: ties
// says: threw an exception: equal logits
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    if (arma::all(arma::vectorise(W) == 0.0)) throw std::logic_error("equal logits");
    arma::mat logits = images.t() * W;
    logits.each_row() += b.t();
    return arma::mean(arma::conv_to<arma::vec>::from(arma::index_max(logits, 1) == labels));
}
