// case: counts the wrong way
// fails: history
// says: did not return in time: is there an endless loop
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history;
    for (volatile arma::uword left = hp.epochs; left != hp.epochs + 1; left = left == 0 ? hp.epochs : left - 1) {}
    return history;
}
