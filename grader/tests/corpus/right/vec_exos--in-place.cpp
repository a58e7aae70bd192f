// case: copies that are changed in place, in all ten; a call from one to another
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) {
    arma::mat result = A;
    result.each_col() -= arma::mean(result, 1);
    return result;
}

arma::mat normalize_columns(const arma::mat& A) {
    arma::mat result(A);
    result.each_row() /= arma::sum(result, 0);
    return result;
}

arma::rowvec log_sum_exp(const arma::mat& A) {
    arma::mat shifted = A;
    shifted.each_row() -= arma::max(A, 0);
    return arma::log(arma::sum(arma::exp(shifted), 0)) + arma::max(A, 0);
}

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    arma::mat result(n_classes, labels.n_elem, arma::fill::zeros);
    result.elem(labels + n_classes * arma::regspace<arma::uvec>(0, labels.n_elem - 1)).ones();
    return result;
}

arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) {
    return arma::sum(A % one_hot(rows, A.n_rows), 0).t();
}

arma::uvec argmax_per_column(const arma::mat& A) {
    arma::uvec result = arma::vectorise(arma::index_max(A, 0));
    return result;
}

double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {
    const arma::uvec agree = arma::find(predicted == labels);
    return static_cast<double>(agree.n_elem) / static_cast<double>(predicted.n_elem);
}

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    arma::mat result = A.t() * B;
    result *= -2.0;
    result.each_col() += arma::sum(arma::square(A), 0).t();
    return result.each_row() + arma::sum(arma::square(B), 0);
}

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) {
    arma::mat result(A.n_rows, B.n_rows, arma::fill::zeros);
    result += A * B.t();
    return result;
}

arma::mat least_squares(const arma::mat& A, const arma::mat& B) {
    arma::mat Q, R;
    arma::qr_econ(Q, R, A);
    return arma::solve(arma::trimatu(R), Q.t() * B);
}
