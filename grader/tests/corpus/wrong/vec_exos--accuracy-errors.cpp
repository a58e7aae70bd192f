// case: gives the fraction that is wrong
// fails: accuracy
// hints: fraction that is wrong
#include "vec_exos.hpp"

double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {
    return arma::mean(arma::conv_to<arma::vec>::from(predicted != labels));
}
