// case: -a.b instead of -2 a.b
// fails: squared_distances
// hints: subtracted once
#include "vec_exos.hpp"

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    arma::mat distances = -A.t() * B;
    distances.each_col() += arma::sum(arma::square(A), 0).t();
    distances.each_row() += arma::sum(arma::square(B), 0);
    return distances;
}
