// case: the images, turned as in NumPy, in a variable
// says: ^each evaluation of 256 images makes one matrix as large as its images.*\(evaluate.cpp:4\)$
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    const arma::mat rows = images.t();
    const arma::mat logits = rows * W + arma::repmat(b.t(), images.n_cols, 1);
    const arma::uvec predicted = arma::index_max(logits, 1);
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
