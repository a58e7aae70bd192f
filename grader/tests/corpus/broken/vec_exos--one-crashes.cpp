// case: one function crashes, the other nine keep their marks
// fails: log_sum_exp
// says: crashed \(segmentation fault\)
#include "vec_exos.hpp"

arma::rowvec log_sum_exp(const arma::mat& A) {
    const volatile double* nothing = nullptr;
    return A.row(0) * nothing[A.n_rows];
}
