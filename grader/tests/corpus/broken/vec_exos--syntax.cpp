// case: one error costs the whole file
// fails: compiles
// says: vec_exos\.cpp:\d+: 
#include "vec_exos.hpp"

double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {
    return arma::mean(predicted = labels;
}
