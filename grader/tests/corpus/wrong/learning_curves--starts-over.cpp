// case: starts from the first model in every epoch
// fails: history
// says: of epoch 2
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history;
    const Model start = model;
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch) {
        model = start;
        const double train_loss = loops::train_sgd(train, hp, model);
        const double valid_loss = loops::mean_loss(valid, model);
        history.push_back({train_loss, valid_loss, loops::evaluate(valid.images, valid.labels, model.W, model.b)});
    }
    return history;
}
