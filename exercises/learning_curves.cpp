// Step 2: the learning curves. After each epoch, measure the training loss, the validation loss and the accuracy.
// Free style: loops are welcome. softmax_reg.hpp declares the loop version that you build on.
#include "softmax_reg.hpp"

// Returns one EpochStats an epoch, hp.epochs in all; `model` keeps what it learned.
std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    // TODO(student): free style, with loops::train_sgd, loops::mean_loss and loops::evaluate.
    throw lab::NotImplemented(train, valid, hp, model);
}
