// case: subtracts the maximum again where it is to be added
// fails: log_sum_exp
// hints: subtracted once more
#include "vec_exos.hpp"

arma::rowvec log_sum_exp(const arma::mat& A) {
    const arma::rowvec largest = arma::max(A, 0);
    return arma::log(arma::sum(arma::exp(A.each_row() - largest), 0)) - largest;
}
