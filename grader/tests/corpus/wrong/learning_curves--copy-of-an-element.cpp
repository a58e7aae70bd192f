// case: fills a copy of each element
// fails: history
// hints: a copy of an element
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history(hp.epochs);
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch) {
        const double train_loss = loops::train_sgd(train, hp, model);
        const double valid_loss = loops::mean_loss(valid, model);
        EpochStats stats = history[epoch];
        stats = {train_loss, valid_loss, loops::evaluate(valid.images, valid.labels, model.W, model.b)};
    }
    return history;
}
