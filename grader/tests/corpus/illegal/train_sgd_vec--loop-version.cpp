// case: leaves the epoch to the loop version
// rules: include, loops-call
// says: softmax_reg\.hpp.* is not part of this exercise
#include "softmax_reg.hpp"

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    return loops::train_sgd(train, hp, model);
}
