// case: one function never returns
// fails: squared_distances
// rules: loop
// says: did not return in time
#include "vec_exos.hpp"

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    volatile bool forever = true;
    while (forever) {}
    return A.t() * B;
}
