// case: divides by the standard deviation as well
// fails: center_rows
// hints: standard deviation
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) {
    const arma::mat centred = A.each_col() - arma::mean(A, 1);
    return centred.each_col() / arma::stddev(A, 0, 1);
}
