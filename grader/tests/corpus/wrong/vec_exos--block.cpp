// case: translates A[rows, np.arange(m)] word by word, which is np.ix_ here
// fails: one_hot, pick_per_column
// hints: np.ix_
#include "vec_exos.hpp"

arma::mat one_hot(const arma::uvec& labels, arma::uword n_classes) {
    arma::mat result(n_classes, labels.n_elem, arma::fill::zeros);
    result(labels, arma::regspace<arma::uvec>(0, labels.n_elem - 1)).ones();
    return result;
}

arma::vec pick_per_column(const arma::mat& A, const arma::uvec& rows) {
    return A(rows, arma::regspace<arma::uvec>(0, A.n_cols - 1));
}
