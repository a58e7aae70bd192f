// case: mistakes that nobody has named, which a square would let pass for right shapes
// fails: center_rows, squared_distances
// says: \(A 5 x 3
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) { return A.each_col() - A.col(0); }

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    return arma::square(A.t()) - 2.0 * A * B + arma::square(B);
}
