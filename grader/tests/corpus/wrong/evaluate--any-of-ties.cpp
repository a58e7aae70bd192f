// case: asks whether the logit of the true class is the largest, and of equal ones each is
// fails: ties
// hints: of equal logits each was taken
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    arma::mat logits = W.t() * images;
    logits.each_col() += b;
    const arma::vec own = logits.elem(labels + arma::regspace<arma::uvec>(0, labels.n_elem - 1) * logits.n_rows);
    return arma::mean(arma::conv_to<arma::vec>::from(own == arma::max(logits, 0).t()));
}
