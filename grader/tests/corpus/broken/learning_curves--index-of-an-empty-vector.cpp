// case: writes to the elements of a vector that has none
// fails: history
// says: crashed \(segmentation fault\)|aborted
// hints: push_back
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history;
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch) {
        history[epoch].train_loss = loops::train_sgd(train, hp, model);
        history[epoch].valid_loss = loops::mean_loss(valid, model);
        history[epoch].valid_accuracy = loops::evaluate(valid.images, valid.labels, model.W, model.b);
    }
    return history;
}
