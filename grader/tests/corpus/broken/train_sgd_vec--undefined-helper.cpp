// case: calls a function that is declared and nowhere defined
// rules: system
// fails: all
// says: could not be loaded: it calls .*, which is not there
#include "softmax_reg_vec.hpp"

arma::mat my_softmax(const arma::mat& logits);

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    return my_softmax(model.W.t() * train.images).max() * hp.learning_rate;
}
