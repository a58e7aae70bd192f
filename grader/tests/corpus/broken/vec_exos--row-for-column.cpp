// case: one function returns a row where a column is due
// fails: pick_per_column
#include "vec_exos.hpp"

arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) {
    return arma::vec(A.n_rows == 1 ? A.n_cols : A.n_rows, arma::fill::value(A(rows(0), 0)));
}
