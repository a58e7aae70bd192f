// case: an epoch, then the rest of them
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    if (hp.epochs == 0) return {};
    const double train_loss = loops::train_sgd(train, hp, model);
    std::vector<EpochStats> history{{train_loss, loops::mean_loss(valid, model),
                                     loops::evaluate(valid.images, valid.labels, model.W, model.b)}};
    Hyperparameters left = hp;
    --left.epochs;
    const auto rest = train_with_validation(train, valid, left, model);
    history.insert(history.end(), rest.begin(), rest.end());
    return history;
}
