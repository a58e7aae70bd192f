// case: forgets to add the maximum again
// fails: log_sum_exp
// hints: not added back
#include "vec_exos.hpp"

arma::rowvec log_sum_exp(const arma::mat& A) {
    return arma::log(arma::sum(arma::exp(A.each_row() - arma::max(A, 0)), 0));
}
