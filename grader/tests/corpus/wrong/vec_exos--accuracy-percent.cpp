// case: gives a percentage
// fails: accuracy
// hints: percentage
#include "vec_exos.hpp"

double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {
    return 100.0 * arma::mean(arma::conv_to<arma::vec>::from(predicted == labels));
}
