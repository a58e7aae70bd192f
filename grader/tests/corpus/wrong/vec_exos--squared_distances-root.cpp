// case: the distances, not their squares
// fails: squared_distances
// hints: no root
#include "vec_exos.hpp"

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    arma::mat distances = -2.0 * A.t() * B;
    distances.each_col() += arma::sum(arma::square(A), 0).t();
    distances.each_row() += arma::sum(arma::square(B), 0);
    return arma::sqrt(arma::clamp(distances, 0.0, arma::datum::inf));
}
