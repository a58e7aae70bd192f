// case: trains and returns nothing
// fails: history
// says: the number of epochs should be 10 but is 0
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch)
        loops::train_sgd(train, hp, model);
    return {};
}
