// case: one function returns a row where a column is due
// fails: pick_per_column
// says: not compatible with column vector layout
#include "vec_exos.hpp"

arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) {
    return A.row(rows(0));
}
