// case: takes one maximum for the whole matrix: columns far below it underflow
// fails: log_sum_exp
#include "vec_exos.hpp"

arma::rowvec log_sum_exp(const arma::mat& A) {
    return A.max() + arma::log(arma::sum(arma::exp(A - A.max()), 0));
}
