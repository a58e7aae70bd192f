// case: a sparse one-hot matrix
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::umat places = arma::join_cols(labels.t(), arma::regspace<arma::urowvec>(0, labels.n_elem - 1));
    const arma::sp_mat one_hot(places, arma::vec(labels.n_elem, arma::fill::ones), probs.n_rows, probs.n_cols);
    const arma::sp_mat chosen = one_hot % probs;
    return -arma::accu(arma::log(arma::mat(arma::sum(chosen, 0))));
}
