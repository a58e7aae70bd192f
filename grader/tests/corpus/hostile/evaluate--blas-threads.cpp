// case: right, and asks BLAS for eight threads
// run time: any
#include "softmax_reg_vec.hpp"

extern "C" void openblas_set_num_threads(int) __attribute__((weak));

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    if (openblas_set_num_threads != nullptr) openblas_set_num_threads(8);
    arma::mat logits = images.t() * W;
    logits.each_row() += b.t();
    const arma::uvec predicted = arma::index_max(logits, 1);
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
