// case: shifts by the smallest element
// fails: log_sum_exp
// hints: smallest element
#include "vec_exos.hpp"

arma::rowvec log_sum_exp(const arma::mat& A) {
    const arma::rowvec smallest = arma::min(A, 0);
    return smallest + arma::log(arma::sum(arma::exp(A.each_row() - smallest), 0));
}
