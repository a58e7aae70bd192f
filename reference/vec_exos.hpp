// The contract of the small exercises on vectorising and broadcasting (step 4), in the order a learner needs them.
// Students read this file and never edit it. Each function: at most four statements, no loop.
// The matrices have any shape of at least 1 x 1; "column j" counts from 0.
#ifndef VEC_EXOS_HPP
#define VEC_EXOS_HPP

#include "softmax_reg_vec.hpp"

// A (p x m) -> A with the mean of each row subtracted from that row, so that every row has mean 0.
arma::mat center_rows(const arma::mat& A);

// A (p x m) of positive numbers -> A with each column divided by its sum, so that every column sums to 1.
arma::mat normalize_columns(const arma::mat& A);

// A (p x m) -> log(sum(exp(column))) of each column, 1 x m; finite for elements of +-1e4.
arma::rowvec log_sum_exp(const arma::mat& A);

// m labels in 0 .. n_classes-1 -> n_classes x m: column j is 0 but for a 1 in row labels(j).
arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes);

// A (p x m) and m row numbers -> m elements: element j is A(rows(j), j).
arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows);

// A (p x m) -> the row number of the largest element of each column, m of them; of equal ones the first.
arma::uvec argmax_per_column(const arma::mat& A);

// Two vectors of m labels -> the fraction, in [0, 1], of the places where they agree.
double accuracy(const arma::uvec& predicted, const arma::uvec& labels);

// A (p x m) and B (p x n) -> m x n: element (i, j) is the squared distance between column i of A and column j of B.
arma::mat squared_distances(const arma::mat& A, const arma::mat& B);

// A (p x m) and B (q x m) -> p x q: the sum over j of (column j of A) * (column j of B).t().
arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B);

// A (m x p) of full column rank, m >= p, and B (m x q) -> the p x q matrix W that makes ||A * W - B|| smallest.
arma::mat least_squares(const arma::mat& A, const arma::mat& B);

#endif
