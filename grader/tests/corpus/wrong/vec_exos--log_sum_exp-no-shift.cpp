// case: does not take the largest element out of the sum
// fails: log_sum_exp
// hints: there is no shift
#include "vec_exos.hpp"

arma::rowvec log_sum_exp(const arma::mat& A) { return arma::log(arma::sum(arma::exp(A), 0)); }
