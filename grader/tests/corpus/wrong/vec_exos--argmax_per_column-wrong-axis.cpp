// case: the column of the largest element of each row
// fails: argmax_per_column
// says: should be 5 x 1 but is 3 x 1
#include "vec_exos.hpp"

arma::uvec argmax_per_column(const arma::mat& A) {
    return arma::index_max(A, 1);
}
