// case: one function is missing, with a misspelt one in its place
// fails: argmax_per_column
// replaces: argmax_per_column
// says: is not defined with the signature of the contract
#include "vec_exos.hpp"

arma::uvec argmax_per_colum(const arma::mat& A) {
    return arma::index_max(A, 0).t();
}
