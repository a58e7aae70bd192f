// case: right, then writes to the images
// speed: yes
// says: crashed
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    arma::mat logits = images.t() * W;
    logits.each_row() += b.t();
    const arma::uvec predicted = arma::index_max(logits, 1);
    const_cast<arma::mat&>(images)(0) = 0;
    return arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
