// case: the mean of whole numbers, which rounds
// fails: accuracy
// hints: whole numbers divide to whole numbers
#include "vec_exos.hpp"

double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {
    const arma::uvec agree = predicted == labels;
    return static_cast<double>(arma::mean(agree));
}
