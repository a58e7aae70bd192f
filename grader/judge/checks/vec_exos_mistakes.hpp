// What typical mistakes in the small exercises (step 4) return for some arguments, each with a name. For vec_exos.cpp,
// which holds replies against them; a mistake need not make a difference on every input.
#ifndef GRADER_JUDGE_CHECKS_VEC_EXOS_MISTAKES_HPP
#define GRADER_JUDGE_CHECKS_VEC_EXOS_MISTAKES_HPP

#include <armadillo>
#include <vector>

#include "grader/judge/expect/compare.hpp"

// Named and called like the exercises of vec_exos.hpp; `right` is what is right, for mistakes that begin with it.
namespace mistakes {

std::vector<Mistake> center_rows(const arma::mat& A, const arma::mat& right);
std::vector<Mistake> normalize_columns(const arma::mat& A);
std::vector<Mistake> log_sum_exp(const arma::mat& A);
std::vector<Mistake> one_hot(const arma::uvec& labels, arma::uword n_classes);
std::vector<Mistake> pick_per_column(const arma::mat& A, const arma::uvec& rows);
std::vector<Mistake> argmax_per_column(const arma::mat& A);
std::vector<Mistake> accuracy(const arma::uvec& predicted, const arma::uvec& labels);
std::vector<Mistake> squared_distances(const arma::mat& A, const arma::mat& B);
std::vector<Mistake> sum_outer_products(const arma::mat& A, const arma::mat& B, const arma::mat& right);
std::vector<Mistake> least_squares(const arma::mat& A, const arma::mat& B, const arma::mat& right);

}  // namespace mistakes

#endif
