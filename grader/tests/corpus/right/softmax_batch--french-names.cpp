// case: names with accents
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probabilités = arma::exp(logits.each_row() - arma::max(logits, 0));
    probabilités.each_row() /= arma::sum(probabilités, 0);
    return probabilités;
}
