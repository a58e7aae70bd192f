// Step 2: the learning curves. After each epoch, measure the training loss, the validation loss and the accuracy.
// Free style: loops are welcome. softmax_reg.hpp declares the loop version that you build on.
#include "softmax_reg.hpp"

// Returns one EpochStats an epoch, hp.epochs in all; `model` keeps what it learned.
std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    // ANSWER free style, with loops::train_sgd, loops::mean_loss and loops::evaluate
    std::vector<EpochStats> history;
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch) {
        const double train_loss = loops::train_sgd(train, hp, model);
        const double valid_loss = loops::mean_loss(valid, model);
        history.push_back({train_loss, valid_loss, loops::evaluate(valid.images, valid.labels, model.W, model.b)});
    }
    return history;
    // END ANSWER
}
