// case: exp(logits - log(sum(exp(logits)))), with the shift inside
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const arma::rowvec largest = arma::max(logits, 0);
    const arma::rowvec log_sum = largest + arma::log(arma::sum(arma::exp(logits.each_row() - largest), 0));
    return arma::exp(logits.each_row() - log_sum);
}
