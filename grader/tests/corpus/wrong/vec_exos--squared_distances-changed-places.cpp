// case: adds the squares of A along the columns of B
// fails: squared_distances
// hints: changed places
#include "vec_exos.hpp"

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    arma::mat distances = -2.0 * A.t() * B;
    distances.each_col() += arma::sum(arma::square(B), 0).t();
    distances.each_row() += arma::sum(arma::square(A), 0);
    return distances;
}
