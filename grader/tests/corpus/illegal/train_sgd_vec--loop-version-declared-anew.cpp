// case: leaves the epoch to the loop version, without its header
// rules: interposition, loops-call
#include "softmax_reg_vec.hpp"

namespace loops {
double train_sgd(const Dataset& train, const Hyperparameters& hp, Model& model);
}

double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    return loops::train_sgd(train, hp, model);
}
