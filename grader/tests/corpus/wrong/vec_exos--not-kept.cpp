// case: computes what is asked for and keeps none of it
// fails: center_rows, normalize_columns
// hints: line \d+ computes something that nobody keeps
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) {
    arma::mat B = A;
    B.each_col() - arma::mean(B, 1);
    return B;
}

arma::mat normalize_columns(const arma::mat& A) {
    arma::mat B = A;
    arma::normalise(B, 1, 0);
    return B;
}
