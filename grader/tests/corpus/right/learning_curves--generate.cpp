// case: std::generate_n with a lambda
#include <algorithm>
#include <iterator>

#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history;
    history.reserve(hp.epochs);
    std::generate_n(std::back_inserter(history), hp.epochs, [&] {
        const double train_loss = loops::train_sgd(train, hp, model);
        return EpochStats{train_loss, loops::mean_loss(valid, model),
                          loops::evaluate(valid.images, valid.labels, model.W, model.b)};
    });
    return history;
}
