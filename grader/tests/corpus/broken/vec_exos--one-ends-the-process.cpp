// case: one function ends the process
// fails: center_rows
// says: ended the process \(exit code 0\)
// rules: system
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) {
    std::exit(A.is_empty() ? 1 : 0);
}
