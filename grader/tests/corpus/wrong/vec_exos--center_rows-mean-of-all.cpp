// case: subtracts one mean for the whole matrix
// fails: center_rows
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) {
    return A - arma::mean(arma::vectorise(A));
}
