// case: of equal logits takes the last
// fails: ties
// hints: the last was taken
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    arma::mat logits = images.t() * W;
    logits.each_row() += b.t();
    const arma::uvec predicted = W.n_cols - 1 - arma::index_max(arma::fliplr(logits), 1);
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
