// case: the accuracy in percent
// fails: history
// says: valid_accuracy of epoch 1
// hints: this is a percentage
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history;
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch) {
        const double train_loss = loops::train_sgd(train, hp, model);
        const double accuracy = 100.0 * loops::evaluate(valid.images, valid.labels, model.W, model.b);
        history.push_back({train_loss, loops::mean_loss(valid, model), accuracy});
    }
    return history;
}
