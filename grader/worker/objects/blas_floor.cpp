// The BLAS floor: nothing but the matrix products that batches cannot do without, under the names of the contract.
// It trains and evaluates nothing; it says how fast this machine does the part that no cleverness removes.
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    arma::mat gradient(arma::size(model.W));
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const arma::mat& images = batch.images;
        const arma::mat product = model.W.t() * images;
        gradient = images * product.t();
    }
    return gradient(0);
}

double evaluate(const arma::mat& images, const arma::uvec&, const arma::mat& W, const arma::vec&) {
    const arma::mat logits = W.t() * images;
    return logits(0);
}
