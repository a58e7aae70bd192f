// case: the differences of the probabilities as a sparse matrix, of which no number is 0
// says: ^each batch makes 1 of the 2 products
#include "softmax_reg_vec.hpp"

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    arma::mat delta = probs;
    delta.elem(labels + delta.n_rows * arma::regspace<arma::uvec>(0, labels.n_elem - 1)) -= 1.0;
    const arma::sp_mat sparse(delta / static_cast<double>(labels.n_elem));
    return {arma::mat(images * sparse.t()), arma::vec(arma::mat(arma::sum(sparse, 1)))};
}
