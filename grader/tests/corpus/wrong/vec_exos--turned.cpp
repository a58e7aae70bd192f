// case: returns the transpose
// fails: one_hot, squared_distances, sum_outer_products, least_squares
// hints: exchanged: the result is turned
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    const arma::mat identity(n_classes, n_classes, arma::fill::eye);
    return identity.rows(labels);
}

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    arma::mat distances = -2.0 * B.t() * A;
    distances.each_col() += arma::sum(arma::square(B), 0).t();
    distances.each_row() += arma::sum(arma::square(A), 0);
    return distances;
}

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) { return B * A.t(); }

arma::mat least_squares(const arma::mat& A, const arma::mat& B) { return arma::solve(A, B).t(); }
