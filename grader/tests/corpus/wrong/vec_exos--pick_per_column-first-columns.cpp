// case: takes row numbers for positions
// fails: pick_per_column
#include "vec_exos.hpp"

arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) {
    return A.elem(rows);
}
