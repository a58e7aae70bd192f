// case: a loop in one of the ten
// rules: loop
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) {
    arma::mat result = A;
    for (arma::uword i = 0; i < A.n_rows; ++i) result.row(i) -= arma::mean(A.row(i));
    return result;
}
