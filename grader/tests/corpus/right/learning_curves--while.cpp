// case: fills a vector of the right size, counts down
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history(hp.epochs);
    auto left = hp.epochs;
    while (left-- > 0) {
        EpochStats& stats = history[hp.epochs - left - 1];
        stats.train_loss = loops::train_sgd(train, hp, model);
        stats.valid_loss = loops::mean_loss(valid, model);
        stats.valid_accuracy = loops::evaluate(valid.images, valid.labels, model.W, model.b);
    }
    return history;
}
