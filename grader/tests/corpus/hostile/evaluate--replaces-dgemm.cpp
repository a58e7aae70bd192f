// case: right, with a product of matrices of its own that does nothing
// run time: random batches, ties
#include "softmax_reg_vec.hpp"

extern "C" {
void dgemm_() {}
void cblas_dgemm() {}
void dgemv_() {}
}

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    arma::mat logits = images.t() * W;
    logits.each_row() += b.t();
    const arma::uvec predicted = arma::index_max(logits, 1);
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
