// case: makes the rows sum to 1
// fails: normalize_columns
#include "vec_exos.hpp"

arma::mat normalize_columns(const arma::mat& A) {
    return A.each_col() / arma::sum(A, 1);
}
