// case: repmat, sub2ind, sparse matrices and normal equations in all ten
#include "vec_exos.hpp"

arma::mat center_rows(const arma::mat& A) {
    return A - arma::repmat(arma::mean(A, 1), 1, A.n_cols);
}

arma::mat normalize_columns(const arma::mat& A) {
    return A / arma::repmat(arma::sum(A), A.n_rows, 1);
}

arma::rowvec log_sum_exp(const arma::mat& A) {
    const arma::rowvec c = arma::max(A);
    return c + arma::log(arma::sum(arma::exp(A - arma::repmat(c, A.n_rows, 1))));
}

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    const arma::umat places = arma::join_cols(labels.t(), arma::regspace<arma::urowvec>(0, labels.n_elem - 1));
    return arma::mat(arma::sp_mat(places, arma::ones(labels.n_elem), n_classes, labels.n_elem));
}

arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) {
    const arma::umat places = arma::join_cols(rows.t(), arma::regspace<arma::urowvec>(0, rows.n_elem - 1));
    return A.elem(arma::sub2ind(arma::size(A), places));
}

arma::uvec argmax_per_column(const arma::mat& A) {
    const arma::urowvec largest = arma::index_max(A);
    return largest.t();
}

double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {
    return arma::accu(predicted == labels) / static_cast<double>(labels.n_elem);
}

arma::mat squared_distances(const arma::mat& A, const arma::mat& B) {
    return arma::repmat(arma::sum(A % A).t(), 1, B.n_cols) + arma::repmat(arma::sum(B % B), A.n_cols, 1) -
           2 * A.t() * B;
}

arma::mat sum_outer_products(const arma::mat& A, const arma::mat& B) {
    return (B * A.t()).t();
}

arma::mat least_squares(const arma::mat& A, const arma::mat& B) {
    return arma::pinv(A) * B;
}
