// The memory floor: reads the images once and does nothing else, under the names of the contract. ddot keeps up with
// any memory. It trains and evaluates nothing; it says what this machine needs to look at the data at all.
#include "softmax_reg_vec.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters&, Model&) {
    return arma::dot(train.images, train.images);
}

double evaluate(const arma::mat& images, const arma::uvec&, const arma::mat&, const arma::vec&) {
    return arma::dot(images, images);
}
