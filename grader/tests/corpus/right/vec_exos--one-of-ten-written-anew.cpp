// case: one function in a style of its own, the others as they were
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) {
    const arma::uword m = A.n_cols;
    const arma::mat centering = arma::eye(m, m) - arma::mat(m, m, arma::fill::value(1.0 / static_cast<double>(m)));
    return A * centering;
}
