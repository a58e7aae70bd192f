// case: takes one number for the whole matrix where each row or column has its own
// fails: center_rows, normalize_columns, log_sum_exp, argmax_per_column
// hints: whole matrix
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) { return A - arma::mean(arma::vectorise(A)); }

arma::mat normalize_columns(const arma::mat& A) { return A / arma::accu(A); }

arma::rowvec log_sum_exp(const arma::mat& A) { return A.max() + arma::log(arma::sum(arma::exp(A - A.max()), 0)); }

arma::uvec argmax_per_column(const arma::mat& A) { return {A.index_max()}; }
