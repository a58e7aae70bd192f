// case: subtracts the mean of each column
// fails: center_rows
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) {
    return A.each_row() - arma::mean(A, 0);
}
