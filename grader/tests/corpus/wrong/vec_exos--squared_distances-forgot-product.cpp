// case: forgets -2 a.b
// fails: squared_distances
// hints: right angles
#include "vec_exos.hpp"

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    arma::mat distances(A.n_cols, B.n_cols, arma::fill::zeros);
    distances.each_col() += arma::sum(arma::square(A), 0).t();
    distances.each_row() += arma::sum(arma::square(B), 0);
    return distances;
}
