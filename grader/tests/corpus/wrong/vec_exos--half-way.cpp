// case: returns what was to be used next
// fails: center_rows, normalize_columns, log_sum_exp, argmax_per_column
// hints: themselves
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) { return arma::mean(A, 1); }

arma::mat normalize_columns(const arma::mat& A) { return arma::sum(A, 0); }

arma::rowvec log_sum_exp(const arma::mat& A) { return arma::max(A, 0); }

arma::uvec argmax_per_column(const arma::mat& A) { return arma::conv_to<arma::uvec>::from(arma::max(A, 0)); }
