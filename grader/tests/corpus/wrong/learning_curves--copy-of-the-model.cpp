// case: trains a copy of the model
// fails: history
// says: model.W after training
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history;
    Model copy = model;
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch) {
        const double train_loss = loops::train_sgd(train, hp, copy);
        const double valid_loss = loops::mean_loss(valid, copy);
        history.push_back({train_loss, valid_loss, loops::evaluate(valid.images, valid.labels, copy.W, copy.b)});
    }
    return history;
}
