// The loop version under the names of the contract: an object that a worker loads as if it were a submission, so that
// what is measured of it pays for the same requests and replies.
#include "softmax_reg.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    return loops::train_sgd(train, hp, model);
}

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    return loops::evaluate(images, labels, W, b);
}
