// case: counts instead of giving the fraction
// fails: accuracy
// hints: how many are right
#include "vec_exos.hpp"

double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {
    return static_cast<double>(arma::accu(predicted == labels));
}
