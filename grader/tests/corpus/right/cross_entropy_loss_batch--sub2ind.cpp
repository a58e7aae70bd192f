// case: arma::sub2ind
#include "softmax_reg_vec.hpp"

double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels) {
    const arma::urowvec columns = arma::regspace<arma::urowvec>(0, labels.n_elem - 1);
    const arma::umat places = arma::join_cols(labels.t(), columns);
    return -arma::accu(arma::log(probs.elem(arma::sub2ind(arma::size(probs), places))));
}
